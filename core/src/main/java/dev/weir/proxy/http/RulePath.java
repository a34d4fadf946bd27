package dev.weir.proxy.http;

import dev.weir.proxy.Backend;
import dev.weir.proxy.HttpSide;
import dev.weir.stream.Cause;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Phase;
import dev.weir.stream.Scope;

/**
 * The rules that an exchange meets, in order: on its request those of the frontend, then those of the backend that they lead to; on
 * the response the other way round. A {@code listen} section has its rules once, as frontend. Thread: the exchange's.
 */
final class RulePath {
    private final Exchange exchange;
    private final RuleRun rules;

    RulePath(Exchange exchange) {
        this.exchange = exchange;
        this.rules = new RuleRun(exchange);
    }

    // ---- the request ----

    /** @return whether the request goes to a server of the backend that it now has; if not, the client has been answered */
    boolean passesRequest() {
        return passesFrontend() && chooseBackend() && passesBackend() && exchange.requestWait.isPassable();
    }

    private boolean passesFrontend() {
        HttpSide side = exchange.frontend.http;
        return passesContent()
                && reachesRequest()
                && !rules.isMonitored()
                && isBuffered(side)
                && rules.passesRequest(exchange.frontend.httpRules, side);
    }

    /** @return true */
    private boolean reachesRequest() {
        exchange.ledger.countTrackedRequest();
        exchange.session.reached(LogOrigin.REQUEST);
        return true;
    }

    /** A request that made HTTP of its connection has passed these rules, and may have its backend. */
    private boolean passesContent() {
        HttpSession session = exchange.session;
        if (!session.isUpgrading()) {
            return rules.passesContent(exchange.frontend.contentRules, exchange.frontend.inspectDelayMs);
        }
        if (session.upgradingBackend() != null) {
            exchange.enter(session.upgradingBackend());
        }
        return true;
    }

    private boolean passesBackend() {
        Backend backend = exchange.backend;
        return isBuffered(backend.http)
                && rules.passesContent(backend.contentRules, backend.inspectDelayMs)
                && (isListen() || rules.passesRequest(backend.httpRules, backend.http));
    }

    private boolean isListen() {
        return exchange.backend.httpRules == exchange.frontend.httpRules;
    }

    /** {@code option http-buffer-request}. @return false if the body did not come */
    private boolean isBuffered(HttpSide side) {
        return !side.buffersRequests || exchange.requestWait.run(side.requestTimeoutMs, 0);
    }

    // ---- the backend ----

    private boolean chooseBackend() {
        if (exchange.backend != null) {
            return true; // it has made HTTP of the connection
        }
        Backend named = exchange.frontend.backendRules.choose(
                exchange.stream, exchange.context.scratch, exchange.context.backendsByName);
        Backend chosen = named != null ? named : exchange.frontend.defaultBackend;
        if (chosen == null && exchange.frontend.isHttp) {
            exchange.stream.ended(Cause.SERVER, Phase.CONNECT);
            exchange.answer.page(503);
            return false;
        }
        if (chosen == null || chosen.http == null) {
            return endsAtBytes(chosen);
        }
        exchange.enter(chosen);
        return true;
    }

    /** What speaks HTTP cannot go on where only bytes pass: nobody is told but the log, as under HAProxy. @return false */
    private boolean endsAtBytes(Backend chosen) {
        if (chosen != null) {
            exchange.stream.backend(chosen.pool());
        }
        exchange.stream.times().requestNs = -1;
        exchange.facts.status(500);
        exchange.stream.ended(Cause.INTERNAL, Phase.REQUEST);
        exchange.keepsClient = false;
        return false;
    }

    // ---- the response ----

    /** Runs the rules on a response of the server. Variables of the request have had their time. */
    boolean passesResponse() {
        exchange.stream.variables().clear(Scope.REQ);
        exchange.facts.status(exchange.facts.response().status());
        return rules.passesResponse(exchange.backend.httpRules.response())
                && (isListen() || rules.passesResponse(exchange.frontend.httpRules.response()));
    }

    /**
     * Runs the rules that see every response, also where no backend was chosen. Variables of the request have had their time.
     *
     * @return false if a rewrite failed: the response is not to be sent
     */
    boolean passesAfterResponse() {
        exchange.stream.variables().clear(Scope.REQ);
        boolean hasOwnBackend = exchange.backend != null && !isListen();
        return (!hasOwnBackend || rules.passesAfterResponse(exchange.backend.httpRules.afterResponse()))
                && rules.passesAfterResponse(exchange.frontend.httpRules.afterResponse());
    }
}
