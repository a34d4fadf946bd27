package dev.weir.bridge.transport.uring;

/** What has a connection while the loop moves its bytes by itself: it hears of everything that happens to it. Thread: the loop's. */
interface Mover {
    /** Something arrived, or the stream ended or failed, or there are blocks again to receive into. */
    void onInput(UringConnection source, int bytes);

    /** Some of what was to go out has left, or its sending failed. */
    void onOutput(UringConnection target, int bytes);

    void onReady(UringConnection connection, boolean isInput);

    void kill();

    /** Whether what arrives at the connection is to be looked at, and so kept together. */
    boolean looksAt(UringConnection connection);
}
