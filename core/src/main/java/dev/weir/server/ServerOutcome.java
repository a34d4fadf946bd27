package dev.weir.server;

import dev.weir.rule.reply.Reply;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;
import dev.weir.stream.StreamCounts;
import dev.weir.stream.StreamTimes;

/**
 * What came of a session's way to a server: which one it was, how and when the session got there, or why it did not. Thread: the
 * session's.
 */
abstract class ServerOutcome {
    /** Null while the object is lent to nobody. */
    Place place;

    Server server;
    Cause cause;
    Phase phase;
    /** The session was moved to another server: the {@code +} before the retries in logs. */
    boolean isRedispatched;

    Reply redirect;
    /** When the session left the queue, or was given a server without one; -1 if it was not. */
    long queueNs;
    /** When the connection was established, or an idle one taken; -1 if it was not. */
    long connectNs;

    /** The server connected to, or of the last attempt; null if none was chosen. */
    public final Server server() {
        return server;
    }

    /** Whether it is the server that the session was bound to. */
    public final boolean isDirect() {
        return place.direct != null;
    }

    /** Null if connected. */
    public final Cause cause() {
        return cause;
    }

    /** What the client is answered instead, if that is the {@link #cause()}: {@link Cause#LOCAL}. */
    public final Reply redirect() {
        return redirect;
    }

    /** Null if connected. */
    public final Phase phase() {
        return phase;
    }

    /** How often it was tried again. */
    public final int retries() {
        return place.retries;
    }

    /** Tells the stream which server it was, and how and when the session got there. */
    public final void tell(Stream stream) {
        StreamTimes times = stream.times();
        StreamCounts counts = stream.counts();
        stream.server(server);
        times.queueNs = queueNs < 0 ? -1 : times.sinceAccept(queueNs);
        times.connectNs = connectNs < 0 ? -1 : times.sinceAccept(connectNs);
        counts.retries = place.retries;
        counts.isRedispatched = isRedispatched;
        counts.serverQueuePosition = place.serverQueuePosition;
        counts.backendQueuePosition = place.backendQueuePosition;
    }
}
