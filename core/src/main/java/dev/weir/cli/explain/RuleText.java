package dev.weir.cli.explain;

/** Finds how a rule was written. */
@FunctionalInterface
public interface RuleText {
    /** Null if no rule stands there. */
    String of(String file, int line);
}
