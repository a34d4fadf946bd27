package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Forward;

/**
 * Passes a body on from one connection to the other: what nobody has to look at is left to the loop, while the virtual thread
 * sleeps; chunk framing is walked. Thread: the exchange's. Reused.
 */
final class Transfer {
    /** How it ended. Closed set. */
    enum End {
        WHOLE,
        SOURCE_ENDED,
        SOURCE_FAILED,
        SOURCE_SILENT,
        TARGET_FAILED,
        TARGET_SILENT,
        FAULTY,
        /** The target said something before it had all: the transfer may go on later. */
        TARGET_SPOKE
    }

    private final EventLoop loop;
    private final Forward forward = new Forward();
    /** Bytes passed on by the last run. */
    long bytes;

    Transfer(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * What is held first, then what comes. Limits are of silence.
     *
     * @param stopsWhenTargetSpeaks whether an answer ends it
     */
    End run(
            Body body,
            Connection source,
            long sourceTimeoutNs,
            Connection target,
            long targetTimeoutNs,
            boolean stopsWhenTargetSpeaks) {
        forward.sourceIdleNs = sourceTimeoutNs;
        forward.targetIdleNs = targetTimeoutNs;
        forward.stopWhenTargetSpeaks = stopsWhenTargetSpeaks;
        bytes = 0;
        End end = null;
        while (end == null) {
            end = body.isEnded() ? End.WHOLE : step(body, source, target);
        }
        return end;
    }

    /** @return null to go on */
    private End step(Body body, Connection source, Connection target) {
        if (body.ahead() > source.available()) {
            return forward(body, source, target);
        }
        return source.available() == 0 ? receive(body, source) : pass(body, source, target);
    }

    private End forward(Body body, Connection source, Connection target) {
        loop.forward(source, target, forward.want(body.ahead()));
        long moved = forward.bytesMoved();
        body.passed(moved);
        bytes += moved;
        return switch (forward.end) {
            case DONE -> null;
            case SOURCE_ENDED -> body.endOfStream() ? End.WHOLE : End.SOURCE_ENDED;
            case SOURCE_FAILED, KILLED -> End.SOURCE_FAILED;
            case TARGET_FAILED -> End.TARGET_FAILED;
            case SOURCE_TIMED_OUT -> End.SOURCE_SILENT;
            case TARGET_TIMED_OUT -> End.TARGET_SILENT;
            case TARGET_SPOKE, SOURCE_TOOK -> End.TARGET_SPOKE;
        };
    }

    private End pass(Body body, Connection source, Connection target) {
        int count = body.take(source.input(), 0, source.available());
        if (body.isFaulty()) {
            return End.FAULTY;
        }
        try {
            target.write(source.input(), 0, count, deadline(forward.targetIdleNs));
        } catch (ConnectionFailure failure) {
            return isSilence(failure) ? End.TARGET_SILENT : End.TARGET_FAILED;
        }
        source.consume(count);
        bytes += count;
        return null;
    }

    private End receive(Body body, Connection source) {
        try {
            if (source.receive(deadline(forward.sourceIdleNs)) == Connection.END_OF_STREAM) {
                return body.endOfStream() ? End.WHOLE : End.SOURCE_ENDED;
            }
            return null;
        } catch (ConnectionFailure failure) {
            return isSilence(failure) ? End.SOURCE_SILENT : End.SOURCE_FAILED;
        }
    }

    private static boolean isSilence(ConnectionFailure failure) {
        return failure.kind() == ConnectionFailure.Kind.TIMED_OUT;
    }

    private long deadline(long timeoutNs) {
        return timeoutNs == 0 ? Long.MAX_VALUE : loop.nanoTime() + timeoutNs;
    }
}
