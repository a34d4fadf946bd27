package dev.weir.bridge.transport.nio;

/** What a selection key stands for. */
interface Selectable {
    /** From the selector, on the loop's own thread: short, never waits. */
    void onReady(int readyOps);
}
