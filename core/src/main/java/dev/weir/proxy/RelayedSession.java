package dev.weir.proxy;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.Relay;
import dev.weir.server.Place;
import dev.weir.stats.Counter;
import dev.weir.stats.LatencyPhase;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;

/**
 * A session whose bytes are relayed as they are: how much went each way, how it ended, what is counted and logged of it. While it
 * relays it holds no virtual thread; the loop calls {@link #run} at the end.
 */
abstract class RelayedSession extends ClientSession {
    final Relay relay = new Relay();
    final Place place = new Place();
    /** Null until it is connected. */
    Connection server;
    /** Null until one is chosen. */
    Backend backend;
    /** What counters have of it already; null if nothing. */
    private CountedBytes counted;

    RelayedSession(LoopContext context) {
        super(context);
    }

    @Override
    protected void restart() {
        backend = null;
        server = null;
        counted = null;
        relay.restart();
    }

    // ---- relaying ----

    final void startRelay() {
        RelaySettings.apply(relay, stream, frontend, backend);
        thread = null;
        boolean isLogging = isLogged && frontend.log.isEnabled();
        if (!isLogging && stream.tracked().isEmpty() && !stream.isLimited()) {
            forgetFacts();
        }
        loop.relayThen(client, server, relay, this);
    }

    /** On the loop, when the relay has ended: nothing is in flight any more. */
    @Override
    protected final void goOn() {
        noteRelayEnd();
        end();
    }

    final void noteRelayEnd() {
        switch (relay.end) {
            case FINISHED, SERVER_SPOKE -> {}
            case CLIENT_FAILED -> abort(Cause.CLIENT, Counter.CLIENT_ABORTS);
            case SERVER_FAILED -> abort(Cause.SERVER, Counter.SERVER_ABORTS);
            case CLIENT_TIMED_OUT -> abort(Cause.CLIENT_TIMEOUT, Counter.CLIENT_ABORTS);
            case SERVER_TIMED_OUT -> abort(Cause.SERVER_TIMEOUT, Counter.SERVER_ABORTS);
            case KILLED -> {
                if (killed == null) {
                    noteFault(Phase.DATA);
                } else {
                    ended(killed, Phase.CONNECT); // as HAProxy says it
                }
            }
        }
    }

    private void ended(Cause cause, Phase phase) {
        if (stream != null) {
            stream.ended(cause, phase);
        }
    }

    private void abort(Cause cause, Counter counter) {
        ended(cause, Phase.DATA);
        count(counter);
        backend.pool().counters().increment(loop.index(), counter);
        place.server().counters().increment(loop.index(), counter);
    }

    // ---- the end ----

    @Override
    protected final void faulty() {
        Phase beforeRelay = place.isInside() ? Phase.CONNECT : Phase.REQUEST;
        noteFault(server == null ? beforeRelay : Phase.DATA);
    }

    private void noteFault(Phase phase) {
        ended(Cause.INTERNAL, phase);
        count(Counter.INTERNAL_ERRORS);
        if (backend != null) {
            backend.pool().counters().increment(loop.index(), Counter.INTERNAL_ERRORS);
        }
        if (server != null) {
            place.server().counters().increment(loop.index(), Counter.INTERNAL_ERRORS);
        }
    }

    @Override
    protected final void settle() {
        countBytes();
        if (server != null) {
            countDuration(LatencyPhase.TOTAL, loop.nanoTime() - acceptNs);
        }
        boolean isLogging = stream != null && isLogged && frontend.log.isEnabled();
        if (isLogging) {
            noteEnd();
        }
        place.leave();
        if (isLogging) {
            frontend.log.write(stream, context.line);
        }
        if (stream != null) {
            stream.tracked().end(loop.nanoTime());
            stream.endLimits(loop.nanoTime());
            forgetFacts();
        }
    }

    /** The session itself does not count any more, as under HAProxy; nor does who takes its place on the server now. */
    private void noteEnd() {
        var counts = stream.counts();
        stream.times().closeNs = stream.times().sinceAccept(loop.nanoTime());
        counts.bytesIn = bytesIn();
        counts.bytesOut = bytesOut();
        noteConnections();
        counts.backendConnections -= place.isInside() ? 1 : 0;
        counts.serverConnections -= server == null ? 0 : 1;
    }

    @Override
    protected final void noteSoFar() {
        stream.counts().bytesIn = bytesIn();
        stream.counts().bytesOut = bytesOut();
        noteConnections();
    }

    /** What the client sent, delivered or not. */
    private long bytesIn() {
        return relay.bytesToServer() + client.available();
    }

    private long bytesOut() {
        return relay.bytesToClient() + (server == null ? 0 : server.available());
    }

    @Override
    protected final void countSoFar() {
        if (server != null) {
            counted = counted == null ? new CountedBytes() : counted;
            countBytes();
        }
    }

    private void countBytes() {
        long in = bytesIn();
        long out = bytesOut();
        if (counted != null) {
            in = counted.in(in);
            out = counted.out(out);
        }
        addCount(Counter.BYTES_IN, in);
        addCount(Counter.BYTES_OUT, out);
        if (server != null) {
            backend.pool().counters().add(loop.index(), Counter.BYTES_IN, in);
            backend.pool().counters().add(loop.index(), Counter.BYTES_OUT, out);
            place.server().counters().add(loop.index(), Counter.BYTES_IN, in);
            place.server().counters().add(loop.index(), Counter.BYTES_OUT, out);
        }
        if (stream != null) {
            stream.tracked().countBytes(in, out, loop.nanoTime());
        }
    }

    /** For the frontend, the backend, and the server if the session was connected to one. */
    final void countDuration(LatencyPhase phase, long ns) {
        frontend.state().latencies().record(loop.index(), phase, ns);
        backend.pool().latencies().record(loop.index(), phase, ns);
        if (server != null) {
            place.server().latencies().record(loop.index(), phase, ns);
        }
    }

    final void noteConnections() {
        var counts = stream.counts();
        counts.processConnections = context.process.connections();
        counts.frontendConnections = frontend.connections();
        counts.backendConnections = backend == null ? 0 : backend.pool().connections();
        counts.serverConnections = stream.server() == null ? 0 : stream.server().connections();
    }

    @Override
    protected final void release() {
        place.leave();
        if (server != null) {
            close(server, backend.isNolinger);
            server = null;
        }
        backend = null;
    }

    // ---- for others ----

    @Override
    protected final void describe(SessionRow row) {
        row.bytesIn = bytesIn();
        row.bytesOut = bytesOut();
        if (backend != null) {
            row.backend = backend.pool();
            row.retries = place.retries();
        }
        if (server != null) {
            row.server = place.server();
        }
    }
}
