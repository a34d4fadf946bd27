package dev.weir.bridge.transport.nio;

/** What has a connection while the loop moves its bytes by itself: it hears of everything that happens to it. Thread: the loop's. */
interface Mover {
    void onReady(NioConnection connection, int readyOps);

    /** Some of what was to go out has left, or its sending failed. */
    void onOutput(NioConnection connection);

    void onKilled();
}
