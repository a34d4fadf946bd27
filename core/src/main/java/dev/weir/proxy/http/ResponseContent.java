package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.rule.RuleResult;
import dev.weir.rule.TcpRules;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import dev.weir.stream.Scope;
import dev.weir.stream.Stream;

/**
 * {@code tcp-response content}: the rules that look at what a server sends before anything is made of it. Without a delay they run as
 * soon as the request is on its way and see nothing, as under HAProxy; with one, on the first head that comes, be it an interim one.
 * Thread: the exchange's.
 */
final class ResponseContent {
    private final Exchange exchange;
    private final ServerCall call;
    /** They have yet to run on this attempt's response. */
    private boolean isPending;

    ResponseContent(Exchange exchange, ServerCall call) {
        this.exchange = exchange;
        this.call = call;
    }

    /** Nothing has come of the response. @return false if the exchange is over */
    boolean begins() {
        exchange.isServerCut = false;
        TcpRules rules = exchange.backend.responseRules;
        isPending = !rules.isEmpty();
        if (!isPending || exchange.backend.responseDelayMs != 0) {
            return true;
        }
        isPending = false;
        exchange.stream.variables().clear(Scope.REQ);
        RuleResult result = rules.evaluate(exchange.stream, exchange.context.scratch, true);
        return result == RuleResult.CLOSE ? call.fails(502, Cause.SERVER, Phase.HEADERS) : passes(result);
    }

    /** A head has come. @return false if the exchange is over */
    boolean passesHead() {
        if (!isPending) {
            return true;
        }
        isPending = false;
        exchange.stream.variables().clear(Scope.REQ);
        long deadlineNs = exchange.deadline(exchange.backend.responseDelayMs);
        exchange.facts.hasResponse(true);
        exchange.facts.status(exchange.facts.response().status());
        RuleResult result = evaluate(deadlineNs);
        while (result == RuleResult.WAIT && receives(deadlineNs)) {
            result = evaluate(deadlineNs);
        }
        exchange.facts.hasResponse(false);
        exchange.isServerCut = result == RuleResult.CLOSE;
        exchange.keepsServer &= !exchange.isServerCut;
        return passes(result);
    }

    private boolean passes(RuleResult result) {
        return switch (result) {
            case REJECT, SILENT_DROP -> refuses(result);
            case WAIT -> false; // the server went
            default -> true;
        };
    }

    private RuleResult evaluate(long deadlineNs) {
        Stream stream = exchange.stream;
        Connection server = exchange.link.connection();
        int held = server.available();
        stream.response().show(server.input(), held, server.inputEnded(), held >= server.inputBytesMax());
        boolean isFinal =
                exchange.loop.nanoTime() >= deadlineNs || !stream.response().mayGrow();
        RuleResult result = exchange.backend.responseRules.evaluate(stream, exchange.context.scratch, isFinal);
        stream.response().clear();
        return result;
    }

    /** @return false if the server is gone; a deadline that passes is no failure */
    private boolean receives(long deadlineNs) {
        try {
            exchange.link.connection().receive(deadlineNs);
        } catch (ConnectionFailure failure) {
            if (failure.kind() != ConnectionFailure.Kind.TIMED_OUT) {
                exchange.ledger.countResponseError();
                return call.fails(502, exchange.causeOfServer(), Phase.HEADERS);
            }
        }
        exchange.refresh();
        return true;
    }

    /** The client gets nothing, neither of the response nor of ours. */
    private boolean refuses(RuleResult result) {
        exchange.ledger.countRefused(
                result == RuleResult.SILENT_DROP ? Counter.DENIED_REQUESTS : Counter.DENIED_RESPONSES);
        exchange.stream.ended(Cause.PROXY, result == RuleResult.SILENT_DROP ? Phase.REQUEST : Phase.DATA);
        exchange.session.silence(result == RuleResult.SILENT_DROP);
        exchange.keepsClient = false;
        exchange.keepsServer = false;
        return false;
    }
}
