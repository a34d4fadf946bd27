package dev.weir.rule;

import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/** What a rule does when its condition passes. Immutable; any loop. */
public interface RuleAction {
    /** CONTINUE lets the next rule run; anything else ends the set. */
    RuleResult run(Stream stream, Scratch scratch);
}
