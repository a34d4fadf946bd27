package dev.weir.sample;

/**
 * Is told what rules look at and decide, for a request that is only made up: traffic has none. Tests of a condition come first, in
 * the order in which they were made, then the rule that they belong to; what the rule does, if it does anything, follows.
 */
public interface RuleWatch {
    /** A test is about to compare a value, one of several perhaps. */
    void compared(StreamTest test, Sample value);

    void tested(StreamTest test, Verdict verdict);

    void judged(String file, int line, StreamTest condition, Verdict verdict);
}
