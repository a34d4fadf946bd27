package dev.weir.bench;

/** The run cannot go on; the message is for the user, and says what to do where something can be done. */
public final class BenchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public BenchFailure(String message) {
        super(message);
    }
}
