package dev.weir.sample;

/** Looks at arguments while the configuration is read, and may keep what it makes of them in {@link Arguments#compiled}. */
@FunctionalInterface
public interface ArgumentCheck {
    ArgumentCheck NONE = (args, context) -> {};

    void check(Arguments args, ParseContext context) throws ParseProblem;
}
