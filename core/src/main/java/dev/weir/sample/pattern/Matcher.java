package dev.weir.sample.pattern;

import dev.weir.sample.Sample;

/** A set of patterns of one method. Immutable; any loop. */
public interface Matcher {
    /** The pattern that matches the value, which has the method's input type already; null if none does. */
    PatternEntry match(Sample sample);
}
