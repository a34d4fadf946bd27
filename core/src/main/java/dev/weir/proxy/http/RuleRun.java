package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.MessageHead;
import dev.weir.proxy.HttpSide;
import dev.weir.proxy.HttpSide.HeaderNames;
import dev.weir.proxy.Monitor;
import dev.weir.proxy.RuleWait;
import dev.weir.rule.HttpRuleBook;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRules;
import dev.weir.rule.RuleResult;
import dev.weir.rule.TcpRules;
import dev.weir.rule.service.Service;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;

/** Runs rule sets on an exchange, and does what they leave to the session: waiting, answering. Thread: the exchange's. */
final class RuleRun {
    private final Exchange exchange;

    RuleRun(Exchange exchange) {
        this.exchange = exchange;
    }

    // ---- tcp-request content ----

    /** Content rules on what the client has sent, and again with more, for as long as the delay allows. */
    boolean passesContent(TcpRules rules, long delayMs) {
        if (rules.isEmpty()) {
            return true;
        }
        Stream stream = exchange.stream;
        long deadlineNs = delayMs == 0 ? 0 : exchange.deadline(delayMs);
        rules.begin(stream);
        while (true) {
            showInput();
            boolean isFinal =
                    exchange.loop.nanoTime() >= deadlineNs || !stream.request().mayGrow();
            RuleResult result = goOn(rules, isFinal);
            while (result == RuleResult.AWAIT) {
                if (!awaits()) {
                    return false;
                }
                showInput();
                result = goOn(rules, isFinal);
            }
            if (result != RuleResult.WAIT) {
                boolean passes = exchange.session.passesContent(result);
                exchange.keepsClient &= passes; // nobody answers it: it must not be read again as the next one
                return passes;
            }
            if (!receive(deadlineNs)) {
                return false;
            }
        }
    }

    private void showInput() {
        Connection client = exchange.client;
        int held = client.available();
        exchange.stream.request().show(client.input(), held, client.inputEnded(), held >= client.inputBytesMax());
    }

    /** What is shown is no longer looked at when they stop: it may move. */
    private RuleResult goOn(TcpRules rules, boolean isFinal) {
        RuleResult result = rules.goOn(exchange.stream, exchange.context.scratch, isFinal);
        exchange.stream.request().clear();
        return result;
    }

    /** @return false if the client is gone; a deadline that passes is no failure */
    private boolean receive(long deadlineNs) {
        try {
            exchange.client.receive(deadlineNs);
        } catch (ConnectionFailure failure) {
            if (failure.kind() != ConnectionFailure.Kind.TIMED_OUT) {
                exchange.ledger.count(Counter.REQUEST_ERRORS);
                exchange.keepsClient = false;
                return ends(exchange.causeOfClient(), Phase.REQUEST);
            }
        }
        exchange.refresh();
        return true;
    }

    // ---- HTTP rules ----

    /** Answers those who ask for the proxy's own health ({@code monitor-uri}). */
    boolean isMonitored() {
        Monitor monitor = exchange.frontend.http.monitor;
        if (monitor == null || !monitor.isAskedBy(exchange.facts.request())) {
            return false;
        }
        exchange.ledger.forgoLog();
        exchange.ledger.count(Counter.INTERCEPTED);
        ends(Cause.LOCAL, Phase.REQUEST);
        exchange.answer.page(monitor.fails(exchange.stream, exchange.context.scratch) ? 503 : 200);
        return true;
    }

    boolean passesRequest(HttpRuleBook book, HttpSide side) {
        return passes(book.request(), Phase.REQUEST)
                && passesNames(side.headerNames)
                && passes(book.statistics(), Phase.REQUEST)
                && passes(book.redirects(), Phase.REQUEST);
    }

    /** {@code option http-restrict-req-hdr-names}. */
    private boolean passesNames(HeaderNames policy) {
        if (policy == HeaderNames.PRESERVE) {
            return true;
        }
        MessageHead head = exchange.facts.request();
        for (int field = head.fieldCount() - 1; field >= 0; field--) {
            if (HeaderNames.isOdd(head, field)) {
                if (policy == HeaderNames.REJECT) {
                    exchange.ledger.countDenied(Counter.DENIED_REQUESTS);
                    exchange.ledger.countError();
                    ends(Cause.PROXY, Phase.REQUEST);
                    exchange.answer.page(403);
                    return false;
                }
                head.remove(field);
            }
        }
        return true;
    }

    boolean passesResponse(HttpRules rules) {
        return passes(rules, Phase.HEADERS);
    }

    /** @return false if a rewrite failed */
    boolean passesAfterResponse(HttpRules rules) {
        return rules.isEmpty() || evaluate(rules, 0) != HttpRuleResult.REWRITE_FAILED;
    }

    private HttpRuleResult evaluate(HttpRules rules, int first) {
        HttpRuleResult result = rules.evaluate(first, exchange.stream, exchange.context.scratch);
        exchange.ledger.countFailedRewrites();
        return result;
    }

    private boolean passes(HttpRules rules, Phase phase) {
        if (rules.isEmpty()) {
            return true;
        }
        int first = 0;
        while (true) {
            HttpRuleResult result = evaluate(rules, first);
            switch (result) {
                case CONTINUE, ALLOW -> {
                    return true;
                }
                case WAIT_FOR_BODY, PAUSE, AWAIT, EARLY_HINT -> {
                    first = exchange.facts.nextRule();
                    if (!waits(result, phase)) {
                        return false;
                    }
                }
                default -> {
                    return ends(rules, result, phase);
                }
            }
        }
    }

    /** @return false if the exchange is over */
    private boolean waits(HttpRuleResult result, Phase phase) {
        return switch (result) {
            case AWAIT -> awaits();
            case PAUSE -> pauses(exchange.facts.awaitedMs());
            case EARLY_HINT -> exchange.answer.hints();
            case WAIT_FOR_BODY -> waitsForBody(phase);
            default -> throw new IllegalStateException(result.name());
        };
    }

    private boolean waitsForBody(Phase phase) {
        long timeoutMs = exchange.facts.awaitedMs();
        long bytes = exchange.facts.awaitedBytes();
        return phase == Phase.HEADERS
                ? exchange.responseWait.run(timeoutMs, bytes)
                : exchange.requestWait.run(timeoutMs, bytes);
    }

    private boolean awaits() {
        if (!RuleWait.run(exchange.loop, exchange.stream, () -> exchange.session.killCause() != null)) {
            return ends(exchange.session.killCause(), Phase.REQUEST);
        }
        exchange.refresh();
        return true;
    }

    private boolean pauses(long durationMs) {
        long deadlineNs = exchange.loop.nanoTime() + durationMs * Exchange.MS_NS;
        while (exchange.loop.nanoTime() < deadlineNs) {
            if (exchange.session.killCause() != null) {
                return ends(exchange.session.killCause(), Phase.REQUEST);
            }
            exchange.loop.parkUntil(deadlineNs);
        }
        exchange.refresh();
        return true;
    }

    /** Who goes, or has said all that it will, is not held any longer. */
    private boolean holds(long durationMs) {
        long deadlineNs = exchange.loop.nanoTime() + durationMs * Exchange.MS_NS;
        Connection client = exchange.client;
        client.watchInput(Thread.currentThread());
        while (exchange.loop.nanoTime() < deadlineNs && !client.inputEnded() && !client.inputFailed()) {
            if (exchange.session.killCause() != null) {
                return ends(exchange.session.killCause(), Phase.REQUEST);
            }
            exchange.loop.parkUntil(deadlineNs);
        }
        exchange.refresh();
        return true;
    }

    // ---- ends ----

    /** @return false, always: the exchange is over */
    private boolean ends(HttpRules rules, HttpRuleResult result, Phase phase) {
        return switch (result) {
            case DENY -> denies(rules, phase);
            case TARPIT -> tarpits(rules, phase);
            case AUTH -> {
                countError(phase);
                yield answers(rules, phase);
            }
            case RETURN, REDIRECT -> answers(rules, phase);
            case SERVICE -> serves(rules, phase);
            case REJECT -> silences(false);
            case SILENT_DROP -> silences(true);
            case REWRITE_FAILED -> fails(phase);
            case CONTINUE, ALLOW, WAIT_FOR_BODY, PAUSE, AWAIT, EARLY_HINT ->
                throw new IllegalStateException(result.name());
        };
    }

    private boolean denies(HttpRules rules, Phase phase) {
        countDenied(phase);
        countError(phase);
        ends(Cause.PROXY, phase);
        return reply(rules);
    }

    private boolean tarpits(HttpRules rules, Phase phase) {
        countDenied(phase);
        countError(phase);
        HttpSide side = exchange.backend == null ? exchange.frontend.http : exchange.backend.http;
        if (!holds(side.tarpitTimeoutMs)) {
            return false;
        }
        var times = exchange.stream.times();
        times.requestNs = -1; // as HAProxy has it
        times.queueNs = times.sinceAccept(exchange.loop.nanoTime());
        ends(Cause.PROXY, Phase.TARPIT);
        return reply(rules);
    }

    private boolean answers(HttpRules rules, Phase phase) {
        exchange.ledger.countIntercepted();
        ends(Cause.LOCAL, phase);
        return replyLastly(rules);
    }

    private boolean serves(HttpRules rules, Phase phase) {
        exchange.ledger.countIntercepted();
        ends(Cause.LOCAL, phase);
        Service service = rules.service(exchange.stream);
        exchange.stream.serviceName(service.logName());
        exchange.services.run(service);
        return false;
    }

    /** @param isDropped the client is not told that its connection is gone */
    private boolean silences(boolean isDropped) {
        exchange.ledger.countRefused(Counter.DENIED_REQUESTS);
        exchange.keepsClient = false;
        exchange.stream.times().requestNs = -1; // as HAProxy has it
        exchange.session.silence(isDropped);
        return ends(Cause.PROXY, Phase.REQUEST); // as HAProxy has it, also of a response
    }

    private boolean fails(Phase phase) {
        exchange.ledger.countInternalError();
        ends(Cause.PROXY, phase);
        exchange.answer.page(500);
        return false;
    }

    private boolean reply(HttpRules rules) {
        exchange.answer.reply(rules.reply(exchange.stream));
        return false;
    }

    /** As HAProxy: a rule that answers is the last one even if one for all responses ends their set; a rule that denies is not. */
    private boolean replyLastly(HttpRules rules) {
        Stream stream = exchange.stream;
        String file = stream.lastRuleFile();
        int line = stream.lastRuleLine();
        reply(rules);
        stream.lastRule(file, line);
        return false;
    }

    private void countDenied(Phase phase) {
        exchange.ledger.countDenied(phase == Phase.HEADERS ? Counter.DENIED_RESPONSES : Counter.DENIED_REQUESTS);
    }

    /** Responses that are denied do not speak against the client. */
    private void countError(Phase phase) {
        if (phase == Phase.REQUEST) {
            exchange.ledger.countError();
        }
    }

    private boolean ends(Cause cause, Phase phase) {
        exchange.stream.ended(cause, phase);
        return false;
    }
}
