package dev.weir.bridge.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One way of an exchange, such as a message's body: how much is to go from a source to a target goes in, what happened comes
 * out. Reused. Owner: the virtual thread that forwards; the loop writes it meanwhile, and any thread may read the byte count.
 */
public final class Forward {
    /** As much as the source sends until it ends its stream. */
    public static final long TO_END = Long.MAX_VALUE;

    private static final VarHandle MOVED;

    static {
        try {
            MOVED = MethodHandles.lookup().findVarHandle(Forward.class, "bytesMoved", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Why it ended. */
    public enum End {
        /** All that was wanted has been passed on. */
        DONE,
        /** The source ended its stream, and all that it sent has been passed on. */
        SOURCE_ENDED,
        /** The source's connection failed (reset). */
        SOURCE_FAILED,
        /** The target's connection failed: reset, broken pipe. */
        TARGET_FAILED,
        /** The source was silent for longer than its limit. */
        SOURCE_TIMED_OUT,
        /** The target took nothing for longer than its limit. */
        TARGET_TIMED_OUT,
        /** Another thread asked for the end, with {@link Connection#kill} of either side, or the loop stops. */
        KILLED,
        /** What {@link Forward#stopWhenTargetSpeaks} or {@link Forward#stopWhenTargetEnds} waits for: nothing is lost, and it may go on. */
        TARGET_SPOKE,
        /** {@link Forward#stopWhenSourceTakes} was set, and the kernel took what was unsent to the source: nothing is lost, and it may go on. */
        SOURCE_TOOK,
        /** The time of {@link Forward#stopAtNs} has come: nothing is lost, and it may go on. */
        DUE
    }

    /** How long the source may be silent while it is its turn, nanoseconds; 0 for ever. */
    public long sourceIdleNs;
    /**
     * How long the target may take nothing of what is there for it, nanoseconds; 0 for ever. So long, too, may what is {@link
     * Connection#unsent} at the end take to leave when the target is closed.
     */
    public long targetIdleNs;
    /** Ends as soon as the target has said more than it had at the beginning, or its stream is over: an answer before the request's end. */
    public boolean stopWhenTargetSpeaks;

    /** Ends as soon as the target's stream is over, if it was not at the beginning: it went before it had all, or has only no more to say. */
    public boolean stopWhenTargetEnds;

    /** Ends as soon as nothing is {@link Connection#unsent} to the source, if there was something: its own other direction may go on. */
    public boolean stopWhenSourceTakes;

    /** Ends at that time of the loop, as late as its timers are: {@link Long#MAX_VALUE} for never. */
    public long stopAtNs = Long.MAX_VALUE;

    public Splice splice = Splice.ADAPTIVE;

    /** Why it ended; null while it runs. */
    public End end;

    private long bytesWanted;
    private long bytesMoved;

    /** Prepares for so many bytes; what was counted is forgotten, limits stay. */
    public Forward want(long bytes) {
        bytesWanted = bytes;
        MOVED.setOpaque(this, 0L);
        end = null;
        return this;
    }

    /** How many bytes are still to be passed on; {@link #TO_END} if nobody knows. */
    public long bytesLeft() {
        return bytesWanted == TO_END ? TO_END : bytesWanted - bytesMoved;
    }

    /** Bytes passed on; the kernel may not yet have the last {@link Connection#unsent} of them. Any thread; may lag. */
    public long bytesMoved() {
        return (long) MOVED.getOpaque(this);
    }

    /** Counts. Thread: the loop. */
    public void addBytes(long bytes) {
        MOVED.setOpaque(this, bytesMoved + bytes);
    }
}
