package dev.weir.proxy;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.rule.RuleResult;
import dev.weir.stats.Counter;
import dev.weir.stats.RateLimit;
import dev.weir.stream.Phase;

/**
 * What every connection passes before it is a session that is served, in order: limits, connection rules, PROXY header, session
 * rules. One for the sessions of a loop; whose turn it is comes with each call. Thread: the session's.
 */
final class Entrance {
    private final LoopContext context;
    private final EventLoop loop;
    private final ProxyHeaderReader proxyHeaders;

    Entrance(LoopContext context) {
        this.context = context;
        this.loop = context.loop;
        this.proxyHeaders = new ProxyHeaderReader(loop);
    }

    // ---- limits ----

    /** Takes the connection in; waits while the process, the frontend or the listener is full. */
    void enter(ClientSession session) {
        Frontend frontend = session.frontend;
        session.listener.gate().enter(loop);
        frontend.state().gate().enter(loop);
        context.process.gate().enter(loop);
        awaitRate(context.process.connectionRateLimit(), session);
        context.process.connectionRate().add(loop.index(), loop.nanoTime());
        frontend.state().connectionRate().add(loop.index(), loop.nanoTime());
        session.count(Counter.CONNECTIONS);
    }

    void leave(ClientSession session) {
        context.process.gate().leave();
        session.frontend.state().gate().leave();
        session.listener.gate().leave();
    }

    /** Too many in the last second: this one waits, and with it all that the gates keep behind it. */
    private void awaitRate(RateLimit limit, ClientSession session) {
        long waitNs = limit.waitNs(loop.nanoTime());
        while (waitNs > 0 && session.killed == null) {
            loop.parkUntil(loop.nanoTime() + waitNs);
            waitNs = limit.waitNs(loop.nanoTime());
        }
    }

    // ---- rules of the connection and the session ----

    /** Whether rules and PROXY header let the connection become a session. */
    boolean admits(ClientSession session) {
        return passesConnectionRules(session) && passesSessionRules(session);
    }

    private boolean passesConnectionRules(ClientSession session) {
        var rules = session.frontend.connectionRules;
        RuleResult result = rules.evaluate(session.stream, context.scratch, true);
        boolean wantsHeader = result == RuleResult.EXPECT_PROXY;
        if (wantsHeader || session.listener.acceptsProxy() && !ClientSession.ends(result)) {
            if (!proxyHeaders.read(session)) {
                return false;
            }
            if (wantsHeader) {
                result = rules.resume(session.stream, context.scratch);
            }
        }
        session.stream.times().handshakeNs = session.stream.times().sinceAccept(loop.nanoTime());
        if (session.passes(result, Counter.DENIED_CONNECTIONS, false, Phase.REQUEST)) {
            return true;
        }
        session.resetClient();
        return false;
    }

    private boolean passesSessionRules(ClientSession session) {
        Frontend frontend = session.frontend;
        RuleResult result = frontend.sessionRules.evaluate(session.stream, context.scratch, true);
        if (!session.passes(result, Counter.DENIED_SESSIONS, false, Phase.REQUEST)) {
            return false;
        }
        awaitRate(context.process.sessionRateLimit(), session);
        awaitRate(frontend.sessionRateLimit, session);
        context.process.newSessionRate().add(loop.index(), loop.nanoTime());
        frontend.state().sessionRate().add(loop.index(), loop.nanoTime());
        session.count(Counter.SESSIONS);
        session.stream.tracked().countSession(loop.nanoTime());
        return true;
    }
}
