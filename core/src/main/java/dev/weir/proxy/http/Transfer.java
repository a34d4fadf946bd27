package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;

/** Passes a body on from one connection to the other. Thread: the exchange's. Reused. */
final class Transfer {
    /** How it ended. Closed set. */
    enum End {
        WHOLE,
        SOURCE_ENDED,
        SOURCE_FAILED,
        SOURCE_SILENT,
        TARGET_FAILED,
        TARGET_SILENT,
        FAULTY
    }

    private final EventLoop loop;
    /** Bytes passed on. */
    long bytes;

    Transfer(EventLoop loop) {
        this.loop = loop;
    }

    /** What is held first, then what comes. Limits are of silence. */
    End run(Body body, Connection source, long sourceTimeoutNs, Connection target, long targetTimeoutNs) {
        while (!body.isEnded()) {
            if (source.available() == 0) {
                End end = receive(body, source, sourceTimeoutNs);
                if (end != null) {
                    return end;
                }
                continue;
            }
            int count = body.take(source.input(), 0, source.available());
            if (body.isFaulty()) {
                return End.FAULTY;
            }
            try {
                target.send(source.input(), 0, count, deadline(targetTimeoutNs));
            } catch (ConnectionFailure failure) {
                return isSilence(failure) ? End.TARGET_SILENT : End.TARGET_FAILED;
            }
            source.consume(count);
            bytes += count;
        }
        return End.WHOLE;
    }

    /** @return null to go on */
    private End receive(Body body, Connection source, long timeoutNs) {
        try {
            if (source.receive(deadline(timeoutNs)) == Connection.END_OF_STREAM) {
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
