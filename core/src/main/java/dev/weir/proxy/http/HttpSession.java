package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.proxy.Backend;
import dev.weir.proxy.ClientSession;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.SessionRow;
import dev.weir.rule.RuleResult;
import dev.weir.server.KeptConnections;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;

/**
 * One client connection that speaks HTTP: one request after the other, each an {@link Exchange}. While it waits for the next
 * one it holds no virtual thread, no exchange and no buffer.
 *
 * <p>Thread: a virtual thread of its loop while there is a request, the loop between two.
 */
final class HttpSession extends ClientSession {
    private final HttpLoop http;
    private final Runnable readable = this::readable;

    /** What a session does that gets a thread again. */
    private enum Next {
        REQUESTS,
        END_SILENT,
        END
    }

    private Next next;
    /** Requests that have begun. */
    int requestNumber;
    /** The one being served, or null. */
    private Exchange exchange;
    /** What the session alone may send its next request over. */
    final KeptConnections kept = new KeptConnections();
    /** Its client began in {@code mode tcp}. */
    private boolean isUpgraded;
    /** The backend that made HTTP of it, or null. */
    private Backend upgradingBackend;
    /** A rule ended it without an answer. */
    private boolean isRejected;
    /** A server has asked for credentials that hold for a connection: the session goes back there. */
    boolean prefersLastServer;

    /** When the request before ended, by the loop's clock and since 1970. */
    long idleSinceNs;

    long idleSinceMicros;

    // ---- while it waits; for IdleClients ----

    /** Null while it does not wait. */
    IdleClients.Line line;

    long deadlineNs;
    HttpSession nextIdle;
    HttpSession previousIdle;

    HttpSession(HttpLoop http) {
        super(http.context);
        this.http = http;
    }

    @Override
    protected void restart() {
        requestNumber = 0;
        prefersLastServer = false;
        isUpgraded = false;
        isRejected = false;
        upgradingBackend = null;
    }

    /** @param chosen the backend of the first request; null if that is still to be chosen */
    void upgrade(Backend chosen) {
        isUpgraded = true;
        upgradingBackend = chosen;
        next = Next.REQUESTS;
    }

    @Override
    protected void serve() {
        serveRequests();
    }

    private void serveRequests() {
        thread = Thread.currentThread();
        boolean goesOn = true;
        while (goesOn && !isWaiting()) {
            goesOn = serveRequest();
        }
        if (!goesOn) {
            end();
        }
    }

    /** Nothing has come yet: gives the virtual thread back until something does. */
    private boolean isWaiting() {
        if (client.available() > 0 || killed != null || !client.whenReadable(readable)) {
            return false;
        }
        thread = null;
        http.idleClients.add(this, idleLimitMs() * MS_NS);
        return true;
    }

    /** Who has sent nothing yet has as long as the whole head of a request may take. */
    private long idleLimitMs() {
        long limitMs = requestNumber == 0 ? frontend.http.requestTimeoutMs : frontend.http.keepAliveTimeoutMs;
        return limitMs == 0 ? frontend.clientTimeoutMs : limitMs;
    }

    /** @return whether another request may follow */
    private boolean serveRequest() {
        if (client.available() == 0 && requestNumber > 0) {
            return false; // the end, between two requests: nothing to be said
        }
        exchange = http.takeExchange();
        boolean goesOn = exchange.run(this);
        http.giveBack(exchange);
        exchange = null;
        return goesOn && killed == null;
    }

    // ---- on the loop, while it waits ----

    private void readable() {
        http.idleClients.remove(this);
        goOn(Next.REQUESTS);
    }

    /** It waited too long. */
    void silent() {
        client.whenReadable(null);
        goOn(Next.END_SILENT);
    }

    /** {@code option idle-close-on-response}. */
    boolean closesOnResponse() {
        return frontend.http.closesOnResponse;
    }

    /** Whether the client has had a request answered: nobody owes it anything. */
    boolean hasBeenServed() {
        return requestNumber > 0;
    }

    /** Its connection is not wanted any more. */
    void dismissed() {
        client.whenReadable(null);
        goOn(Next.END);
    }

    private void goOn(Next next) {
        this.next = next;
        loop.start(this);
    }

    @Override
    protected void goOn() {
        switch (next) {
            case REQUESTS -> serveRequests();
            case END_SILENT -> endSilent();
            case END -> end();
        }
    }

    /** A first request that does not come is answered, others are not. */
    private void endSilent() {
        thread = Thread.currentThread();
        if (requestNumber == 0) {
            exchange = http.takeExchange();
            exchange.refuseSilence(this);
            http.giveBack(exchange);
            exchange = null;
        }
        end();
    }

    // ---- the end ----

    @Override
    protected void faulty() {
        if (exchange != null) {
            exchange.fail();
        } else {
            count(Counter.INTERNAL_ERRORS);
        }
    }

    @Override
    protected void settle() {
        if (stream != null) {
            stream.tracked().end(loop.nanoTime());
            forgetFacts();
        }
    }

    @Override
    protected void release() {
        if (exchange != null) {
            exchange.leaveServer();
            exchange = null;
        }
        kept.close();
        forgetInput();
    }

    /** Whose request is rejected reads the end of the stream, also where it still sends: no reset, as under HAProxy. */
    @Override
    protected void takeLeave() {
        if (isRejected) {
            client.shutdownOutput(); // goes before the reset that the kernel sends if it holds more
        }
    }

    /** Unread, it would make a reset of the end, and the answer would be lost. */
    private void forgetInput() {
        while (client.available() > 0) {
            client.consume(client.available());
        }
    }

    @Override
    protected boolean isActive() {
        return exchange != null;
    }

    @Override
    protected long activeSinceNs() {
        return stream.times().acceptNs;
    }

    @Override
    protected void noteSoFar() {
        if (exchange != null) {
            exchange.ledger.noteSoFar();
        } else {
            var counts = stream.counts();
            counts.processConnections = context.process.connections();
            counts.frontendConnections = frontend.connections();
        }
    }

    /** The exchange has come to a step that may have a line. */
    void reached(LogOrigin step) {
        reach(step);
    }

    @Override
    protected void countSoFar() {
        if (exchange != null) {
            exchange.ledger.countSoFar();
        }
    }

    @Override
    protected void describe(SessionRow row) {
        exchange.describe(row);
    }

    @Override
    protected void killed() {
        if (exchange != null) {
            exchange.killed();
        }
    }

    // ---- for its exchange ----

    /** Whether its request is one whose first bytes the rules of {@code mode tcp} have seen. */
    boolean isUpgrading() {
        return isUpgraded && requestNumber == 1;
    }

    /** The backend that such a request has already, or null. */
    Backend upgradingBackend() {
        return upgradingBackend;
    }

    boolean passesContent(RuleResult result) {
        isRejected = ends(result);
        return passes(result, Counter.DENIED_REQUESTS, true, Phase.REQUEST);
    }

    void silence(boolean isSilent) {
        isRejected = true;
        drop(isSilent);
    }

    Connection client() {
        return client;
    }

    Frontend frontend() {
        return frontend;
    }

    /** For the frontend and its listener. */
    void count(Counter counter, long amount) {
        addCount(counter, amount);
    }

    Stream stream() {
        return stream;
    }

    boolean isLogged() {
        return isLogged;
    }

    void forgoLog() {
        isLogged = false;
    }

    /** Null unless somebody killed it, or the loop one of its connections because of a fault of ours. */
    Cause killCause() {
        boolean isFaulty = client.isKilled() || exchange.isServerKilled();
        return killed == null && isFaulty ? Cause.INTERNAL : killed;
    }

    Cause causeOfAbort() {
        return killCause() == null ? Cause.CLIENT : killCause();
    }

    /** A request is over: the time of the next one begins. */
    void idleSince(long nowNs, long epochMicros) {
        idleSinceNs = nowNs;
        idleSinceMicros = epochMicros;
    }
}
