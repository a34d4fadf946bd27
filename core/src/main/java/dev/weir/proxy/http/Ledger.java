package dev.weir.proxy.http;

import dev.weir.proxy.Backend;
import dev.weir.proxy.CountedBytes;
import dev.weir.server.Server;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import dev.weir.stats.Latencies;
import dev.weir.stats.LatencyPhase;
import dev.weir.stream.Cause;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Phase;

/** What one exchange adds to counters, tracked entries and the log: each request once. Thread: the exchange's. */
final class Ledger {
    private static final int STATUS_CLASSES = 6;
    private static final Counter[] BY_CLASS = {
        Counter.RESPONSES_OTHER,
        Counter.RESPONSES_1XX,
        Counter.RESPONSES_2XX,
        Counter.RESPONSES_3XX,
        Counter.RESPONSES_4XX,
        Counter.RESPONSES_5XX
    };

    private final Exchange exchange;
    long bytesIn;
    long bytesOut;
    /** What counters have of it already. */
    private final CountedBytes counted = new CountedBytes();

    private boolean isLoggedEarly;
    /** The request is one of those that are not logged. */
    private boolean isSilent;
    /** What came was no request. */
    private boolean isRefused;
    /** Not even that came: the client sent nothing. */
    private boolean isNull;

    private boolean hasInternalError;
    private boolean isLogging;

    Ledger(Exchange exchange) {
        this.exchange = exchange;
    }

    void begin() {
        bytesIn = bytesOut = 0;
        counted.forget();
        isLoggedEarly = false;
        isSilent = false;
        isRefused = false;
        hasInternalError = false;
    }

    /** This request has no line, whatever becomes of it. */
    void forgoLog() {
        isSilent = true;
    }

    // ---- as it goes ----

    void count(Counter counter) {
        exchange.session.count(counter, 1);
    }

    /** In the frontend, the backend and the server, as far as they are chosen. */
    void countEverywhere(Counter counter) {
        count(counter);
        if (exchange.backend != null) {
            ofBackend(exchange.backend).increment(index(), counter);
        }
        if (exchange.link != null) {
            exchange.link.server().counters().increment(index(), counter);
        }
    }

    /** The client went before its response was whole. */
    void countAbort() {
        countEverywhere(Counter.CLIENT_ABORTS);
    }

    /** In the frontend, in the backend once it is chosen, and in the server whose response it is. */
    void countDenied(Counter counter) {
        if (counter == Counter.DENIED_RESPONSES) {
            countEverywhere(counter);
            return;
        }
        count(counter);
        if (exchange.backend != null) {
            ofBackend(exchange.backend).increment(index(), counter);
        }
    }

    /** A rule ends it without an answer: what there was of a response counts as if the client had it. */
    void countRefused(Counter refusal) {
        countDenied(refusal);
        if (exchange.facts.status() > 0) {
            countResponse(exchange.facts.status());
        }
    }

    /** A rule of the frontend's answered the request; those of a backend, and those on responses, do not count, as under HAProxy. */
    void countIntercepted() {
        if (exchange.backend == null) {
            count(Counter.INTERCEPTED);
        }
    }

    /** For whom the exchange has come to when the rules ran. */
    void countFailedRewrites() {
        for (int failed = exchange.facts.takeFailedRewrites(); failed > 0; failed--) {
            countEverywhere(Counter.FAILED_REWRITES);
        }
    }

    /** A rewrite that failed ended it: once, even if rules on the answer fail, too. */
    void countInternalError() {
        if (!hasInternalError) {
            countEverywhere(Counter.INTERNAL_ERRORS);
        }
        hasInternalError = true;
    }

    /** A request with a whole head. */
    void countRequest(int headBytes) {
        long nowNs = exchange.loop.nanoTime();
        var times = exchange.stream.times();
        times.requestNs = times.sinceAccept(nowNs);
        bytesIn = headBytes;
        countRequest(nowNs);
    }

    private void countRequest(long nowNs) {
        count(Counter.REQUESTS);
        exchange.frontend.state().requestRate().add(index(), nowNs);
    }

    /** For whom the stream tracks: not before the frontend's content rules have let the request pass. */
    void countTrackedRequest() {
        exchange.stream.tracked().countRequest(exchange.loop.nanoTime());
    }

    /** What came was no request, or not in time: it counts as one that was answered so. {@code error-log-format} says what its line looks like. */
    void countRefusal(int status, boolean isLate, boolean isNull) {
        long nowNs = exchange.loop.nanoTime();
        isRefused = true;
        this.isNull = isNull;
        countRequest(nowNs);
        countTrackedRequest();
        count(Counter.REQUEST_ERRORS);
        countResponse(status);
        if (!isLate) {
            exchange.stream.tracked().countError(nowNs);
        }
    }

    void countBackend() {
        ofBackend(exchange.backend).increment(index(), Counter.REQUESTS);
    }

    /** The client gets a response of that status. */
    void countResponse(int status) {
        Counter counter = ofClass(status);
        count(counter);
        if (exchange.backend != null) {
            ofBackend(exchange.backend).increment(index(), counter);
        }
    }

    private static Counter ofClass(int status) {
        int ofClass = status / 100;
        return BY_CLASS[ofClass < STATUS_CLASSES ? ofClass : 0];
    }

    /** Of a request that ends without an answer, as {@code silent-drop} ends one: a class of its own. */
    private void countUnanswered() {
        if (exchange.facts.hasRequest() && exchange.facts.status() < 0) {
            countResponse(0);
        }
    }

    /** The server answered, or said something before: what it said counts for it, whatever the client gets. */
    void countServerResponse(int status) {
        Counters ofServer = exchange.link.server().counters();
        ofServer.increment(index(), ofClass(status));
        ofServer.increment(index(), Counter.REQUESTS);
        var http = exchange.frontend.http;
        exchange.stream
                .tracked()
                .countResponse(
                        http.errorStatuses.get(status), http.failureStatuses.get(status), exchange.loop.nanoTime());
    }

    /** For whom the stream tracks: the request is one that rules do not let through. */
    void countError() {
        exchange.stream.tracked().countError(exchange.loop.nanoTime());
    }

    /** For whom the stream tracks: the server has no response, or none that can be passed on. */
    void countFailure() {
        exchange.stream.tracked().countFailure(exchange.loop.nanoTime());
    }

    /** The server's response is faulty, unfinished or late. */
    void countResponseError() {
        ofBackend(exchange.backend).increment(index(), Counter.RESPONSE_ERRORS);
        exchange.link.server().counters().increment(index(), Counter.RESPONSE_ERRORS);
    }

    // ---- the end ----

    /** A fault of ours ends it, in whatever it is doing. */
    void noteFault() {
        Phase ofServer = bytesOut == 0 ? Phase.HEADERS : Phase.DATA;
        Phase before = exchange.connector.isInside() ? Phase.CONNECT : Phase.REQUEST;
        exchange.stream.ended(Cause.INTERNAL, exchange.link == null ? before : ofServer);
    }

    /** While the exchange still has its server. */
    void settle() {
        if (exchange.stream.cause() == Cause.INTERNAL) {
            countEverywhere(Counter.INTERNAL_ERRORS);
        }
        isLogging = isToBeLogged();
        countBytes(bytesIn, bytesOut);
        if (exchange.stream.times().requestNs >= 0) {
            countDurations();
        }
        countUnanswered();
        if (isLogging) {
            noteEnd();
        }
    }

    private boolean isToBeLogged() {
        return !isLoggedEarly && !isSilent && exchange.session.isLogged() && exchange.frontend.log.isEnabled();
    }

    /** In the middle of an exchange with a server. On the loop. */
    void countSoFar() {
        if (exchange.link != null && exchange.connector.isInside()) {
            countBytes(exchange.bytesInSoFar(), exchange.bytesOutSoFar());
        }
    }

    /** What is not counted yet of so much in all. */
    private void countBytes(long allIn, long allOut) {
        long in = counted.in(allIn);
        long out = counted.out(allOut);
        exchange.session.count(Counter.BYTES_IN, in);
        exchange.session.count(Counter.BYTES_OUT, out);
        Server server = exchange.connector.server();
        if (exchange.backend != null && exchange.connector.isInside()) {
            addBytes(ofBackend(exchange.backend), in, out);
            if (server != null) {
                addBytes(server.counters(), in, out);
            }
        }
        var tracked = exchange.stream.tracked();
        if (!tracked.isEmpty()) {
            tracked.countBytes(in, out, exchange.loop.nanoTime());
        }
    }

    /** Behind the line, which may show what the request tracked. */
    void endTracking() {
        var tracked = exchange.stream.tracked();
        if (!tracked.isEmpty()) {
            tracked.endRequest(exchange.loop.nanoTime());
        }
    }

    /** Of whole requests: what was refused in its head, or kept waiting on purpose, says nothing of anyone's speed. */
    private void countDurations() {
        long totalNs = exchange.stream.times().activeDurationNs(exchange.loop.nanoTime());
        record(exchange.frontend.state().latencies(), totalNs);
        if (exchange.backend != null && exchange.connector.isInside()) {
            record(exchange.backend.pool().latencies(), totalNs);
            if (exchange.link != null) {
                record(exchange.link.server().latencies(), totalNs);
            }
        }
    }

    private void record(Latencies latencies, long totalNs) {
        var times = exchange.stream.times();
        latencies.record(index(), LatencyPhase.QUEUE, times.queueDurationNs());
        latencies.record(index(), LatencyPhase.CONNECT, times.connectDurationNs());
        latencies.record(index(), LatencyPhase.RESPONSE, times.responseDurationNs());
        latencies.record(index(), LatencyPhase.TOTAL, totalNs);
    }

    private void addBytes(Counters counters, long in, long out) {
        counters.add(index(), Counter.BYTES_IN, in);
        counters.add(index(), Counter.BYTES_OUT, out);
    }

    /** The request itself does not count any more, as under HAProxy; nor does who takes its place on the server now. */
    private void noteEnd() {
        var stream = exchange.stream;
        var counts = stream.counts();
        stream.times().closeNs = stream.times().sinceAccept(exchange.loop.nanoTime());
        counts.bytesIn = bytesIn;
        counts.bytesOut = bytesOut;
        noteConnections();
        counts.backendConnections -= exchange.connector.isInside() ? 1 : 0;
        counts.serverConnections -= exchange.link == null ? 0 : 1;
    }

    private void noteConnections() {
        var counts = exchange.stream.counts();
        counts.processConnections = exchange.context.process.connections();
        counts.frontendConnections = exchange.frontend.connections();
        counts.backendConnections =
                exchange.backend == null ? 0 : exchange.backend.pool().connections();
        counts.serverConnections =
                exchange.stream.server() == null ? 0 : exchange.stream.server().connections();
    }

    /** What a line that is written in the middle of it says. */
    void noteSoFar() {
        exchange.stream.counts().bytesIn = bytesIn;
        exchange.stream.counts().bytesOut = bytesOut;
        noteConnections();
    }

    /** Writes the line of {@code option logasap}: what is known when the response's head goes out, whose bytes are all it counts. */
    void logEarly(int headBytes) {
        if (!isToBeLogged() || !exchange.frontend.log.isEarly()) {
            return;
        }
        isLoggedEarly = true;
        var stream = exchange.stream;
        stream.times().closeNs = stream.times().sinceAccept(exchange.loop.nanoTime());
        stream.counts().bytesIn = bytesIn;
        stream.counts().bytesOut = headBytes;
        noteConnections();
        exchange.frontend.log.writeEarly(stream, exchange.context.line, LogOrigin.RESPONSE);
    }

    /** When the exchange has given up its place. */
    void log() {
        if (isLogging && isRefused) {
            exchange.frontend.log.writeError(exchange.stream, exchange.context.line, isNull);
        } else if (isLogging) {
            exchange.frontend.log.write(exchange.stream, exchange.context.line);
        }
    }

    private static Counters ofBackend(Backend backend) {
        return backend.pool().counters();
    }

    private int index() {
        return exchange.loop.index();
    }
}
