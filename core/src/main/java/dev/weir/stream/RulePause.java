package dev.weir.stream;

/** What a rule left to its session to wait for, and where its set goes on then. Thread: the session's loop. */
public final class RulePause {
    private Awaited awaited;
    private int nextRule;

    public Awaited awaited() {
        return awaited;
    }

    public void await(Awaited wanted) {
        awaited = wanted;
    }

    /** Of a set of TCP rules. */
    public int nextRule() {
        return nextRule;
    }

    public void nextRule(int index) {
        nextRule = index;
    }
}
