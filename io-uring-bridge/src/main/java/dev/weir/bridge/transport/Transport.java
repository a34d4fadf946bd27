package dev.weir.bridge.transport;

/** A set of event loops on one way into the kernel. */
public interface Transport extends AutoCloseable {
    /** For the start-up log: {@code io_uring} with its features, or {@code nio} with the reason. */
    String description();

    int loopCount();

    EventLoop loop(int index);

    /**
     * Ends all loops: open connections are reset, their virtual threads see CLOSED. Blocks until the threads are gone. Any thread but a
     * loop.
     *
     * @throws IllegalStateException if a loop does not end within a minute, which says what is left
     */
    @Override
    void close();
}
