package dev.weir.load.plan;

/** Something that the user wrote cannot be done; the message is for him. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlanException(String message) {
        super(message, null, false, false);
    }
}
