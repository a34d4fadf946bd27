package dev.weir.stream;

/** What rules want of a session's connection to its server. Owned by the stream's thread. */
public final class ServerWishes {
    /** {@code set-priority-class}: lower goes first in queues. */
    public int priorityClass;
    /** {@code set-priority-offset} in milliseconds. */
    public int priorityOffsetMs;
    /** {@code set-bc-mark}: SO_MARK, 0 for none. */
    public int mark;
    /** {@code set-bc-tos}: type of service of the packets, 0 for the kernel's. */
    public int tos;

    private int retriesMax;
    /** The backend whose rule set the retries, or null. */
    private String retriesBackend;

    void clear() {
        priorityClass = priorityOffsetMs = 0;
        mark = tos = 0;
        retriesBackend = null;
    }

    /**
     * {@code set-retries}.
     *
     * @param backend the name of that whose rule it is: another one has its own number
     */
    public void retriesMax(int retriesMax, String backend) {
        this.retriesMax = retriesMax;
        this.retriesBackend = backend;
    }

    /** How often sessions of this backend may try again, -1 if no rule says so. */
    public int retriesMax(BackendView backend) {
        return backend.name().equals(retriesBackend) ? retriesMax : -1;
    }
}
