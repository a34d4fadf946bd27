package dev.weir.bridge.transport.uring;

/** What a {@link Direction} tells whoever made it: a relay or a forward. Thread: the loop's. */
interface DirectionOwner {
    /** The source has ended its stream; what it sent before may still be on its way. */
    void onSourceEnded(Direction direction);

    /** Bytes pass from the source on to the target. */
    void onMoved(Direction direction, long bytes);

    /** A target that was blocked took something. */
    void onTaken(Direction direction);

    /** The target takes again: the source, which had to wait, may speak from now on. */
    void onUnblocked(Direction direction);

    /** All that was wanted is done, or the source's stream is over and everything has been passed on. */
    void onDirectionDone(Direction direction);

    void onTargetFailed(Direction direction, int errno);
}
