package dev.weir.server;

import dev.weir.stream.Cause;

/**
 * Tells a session that waits for its server whether to go on. Asked on the session's own virtual thread whenever it was
 * unparked: who aborts sets what this reads, then unparks.
 */
@FunctionalInterface
public interface Abort {
    Abort NEVER = () -> null;

    /** Null to go on; CLIENT if the client is gone, or what a kill said. For sessions in a queue or between two attempts. */
    Cause cause();

    /** The same while an attempt to connect is on its way. */
    default Cause causeWhileConnecting() {
        return cause();
    }
}
