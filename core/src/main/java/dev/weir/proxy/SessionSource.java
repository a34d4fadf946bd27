package dev.weir.proxy;

/** Makes the sessions of one mode on one loop. Thread: the loop's. */
public interface SessionSource {
    ClientSession create();

    /** The process stops softly: sessions that only wait for something to do end. */
    void dismissIdle();
}
