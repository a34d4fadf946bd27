package dev.weir.sample;

/** Answer of a test. Closed set. */
public enum Verdict {
    FAIL,
    /** Not decided: more input may change the answer. */
    UNDECIDED,
    PASS;

    public static Verdict of(boolean passes) {
        return passes ? PASS : FAIL;
    }

    /** The worse of two: both must pass. */
    public Verdict and(Verdict other) {
        return ordinal() < other.ordinal() ? this : other;
    }

    /** The better of two: one must pass. */
    public Verdict or(Verdict other) {
        return ordinal() > other.ordinal() ? this : other;
    }

    public Verdict negate() {
        return switch (this) {
            case FAIL -> PASS;
            case UNDECIDED -> UNDECIDED;
            case PASS -> FAIL;
        };
    }
}
