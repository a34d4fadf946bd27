package dev.weir.cli.explain;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.explain.Explanation.End;
import dev.weir.cli.explain.Explanation.Outcome;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http1.Framing;
import dev.weir.protocol.http1.HeadFault;
import dev.weir.protocol.http1.RequestHeadParser;
import dev.weir.proxy.Backend;
import dev.weir.proxy.Bind;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.Monitor;
import dev.weir.rule.HttpRuleBook;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRules;
import dev.weir.rule.RuleResult;
import dev.weir.rule.TcpRules;
import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.reply.Reply;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.server.AddressText;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Leads a made-up request through a sketch's rules, in the order in which sessions run them. One use; one thread. */
public final class Explainer {
    private static final long SEED = 1;
    private static final int REPLY_BYTES_MAX = 1 << 20;
    private static final int LOOP = 0;
    private static final String UNASKED = "a rule resolves a name, which is not asked for here and taken for unknown";

    private final Sketch sketch;
    private final MadeUpRequest request;
    private final Explanation explanation = new Explanation();
    private final Scratch scratch = new Scratch(SEED);
    private final Trace trace;
    private final Stream stream = new Stream();
    private final byte[] bytes;
    private final UnsafeBuffer input;
    private Frontend frontend;
    private Backend backend;
    /** The connection speaks HTTP, or has come to do so. */
    private boolean isHttp;

    private Explainer(Sketch sketch, MadeUpRequest request) {
        this.sketch = sketch;
        this.request = request;
        this.trace = new Trace(explanation, sketch.rules(), scratch);
        this.bytes = request.bytes();
        this.input = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length + Long.BYTES));
    }

    /** @throws MadeUpRequest.Mistake if no frontend is the one that it would come to */
    public static Explanation explain(Sketch sketch, MadeUpRequest request) throws MadeUpRequest.Mistake {
        return new Explainer(sketch, request).run();
    }

    private Explanation run() throws MadeUpRequest.Mistake {
        Bind bind = findFrontend();
        explanation.request = request.text();
        explanation.source = AddressText.of(new SocketName().inet(request.source(), 0));
        explanation.frontend = frontend.name();
        scratch.watch(trace);
        input.putBytes(0, bytes);
        stream.start(sketch.process(), frontend, new MadeUpListener(bind), 0, LOOP);
        stream.times().accepted(nowNs(), sketch.process().clock().epochMicros());
        stream.clientSide().attach(new MadeUpConnection(request, portOf(bind)));
        if (admits() && reads() && passesFrontend() && choosesBackend() && passesBackend()) {
            new ServerChoice(explanation, trace, stream, scratch).run(backend);
        }
        stream.tracked().end(nowNs());
        stream.endLimits(nowNs());
        return explanation;
    }

    private long nowNs() {
        return sketch.process().clock().nanoTime();
    }

    // ---- the frontend ----

    private Bind findFrontend() throws MadeUpRequest.Mistake {
        Map<String, Bind> candidates = new LinkedHashMap<>();
        boolean isNamed = !request.frontend().isEmpty();
        for (Bind bind : sketch.snapshot().binds()) {
            boolean fits = isNamed
                    ? bind.role().frontend().name().equals(request.frontend())
                    : request.port() == 0 || portOf(bind) == request.port();
            if (fits) {
                candidates.putIfAbsent(bind.role().frontend().name(), bind);
            }
        }
        if (candidates.isEmpty()) {
            candidates.putAll(onlyOne(isNamed));
        }
        if (candidates.size() > 1) {
            throw new MadeUpRequest.Mistake("more than one frontend is possible, choose with --frontend: "
                    + String.join(", ", candidates.keySet()));
        }
        Bind found = candidates.values().iterator().next();
        frontend = found.role().frontend();
        return found;
    }

    /** The port leads nowhere: then the one frontend that there is, if there is but one. */
    private Map<String, Bind> onlyOne(boolean isNamed) throws MadeUpRequest.Mistake {
        Map<String, Bind> all = new LinkedHashMap<>();
        sketch.snapshot()
                .binds()
                .forEach(bind -> all.putIfAbsent(bind.role().frontend().name(), bind));
        if (isNamed) {
            throw new MadeUpRequest.Mistake("no frontend '" + request.frontend() + "' that listens: there is "
                    + String.join(", ", all.keySet()));
        }
        if (all.size() != 1) {
            throw new MadeUpRequest.Mistake("no frontend listens on port " + request.port()
                    + ", choose one with --frontend: " + String.join(", ", all.keySet()));
        }
        if (request.port() != 0) {
            explanation.notes.add(
                    "no frontend listens on port " + request.port() + ": the only one there is was taken");
        }
        return all;
    }

    private static int portOf(Bind bind) {
        return bind.options().endpoint instanceof Endpoint.Inet inet ? inet.port() : 0;
    }

    // ---- the connection ----

    private boolean admits() {
        RuleResult result = run("tcp-request connection", frontend.connectionRules);
        if (result == RuleResult.EXPECT_PROXY) {
            explanation.notes.add("a PROXY header is expected here, and was left out");
            result = frontend.connectionRules.resume(stream, scratch);
        }
        stream.times().handshakeNs = 0;
        if (!passes(result)) {
            return false;
        }
        boolean isSession = passes(run("tcp-request session", frontend.sessionRules));
        if (isSession) {
            stream.tracked().countSession(nowNs());
        }
        return isSession;
    }

    private RuleResult run(String set, TcpRules rules) {
        trace.at(place(), set);
        RuleResult result = rules.evaluate(stream, scratch, true);
        while (result == RuleResult.AWAIT) {
            explanation.notes.add(UNASKED);
            result = rules.goOn(stream, scratch, true);
        }
        return result;
    }

    private String place() {
        return backend == null ? frontendPlace() : "backend " + backend.name();
    }

    private String frontendPlace() {
        return "frontend " + frontend.name();
    }

    private boolean passes(RuleResult result) {
        return switch (result) {
            case REJECT, CLOSE -> endsByRule(End.CLOSED, 0, null, "a rule closes the connection");
            case SILENT_DROP -> endsByRule(End.CLOSED, 0, null, "a rule drops the connection silently");
            case CONTINUE, ACCEPT, SWITCH_TO_HTTP, WAIT, AWAIT, EXPECT_PROXY -> true;
        };
    }

    /** @return false */
    private boolean endsByRule(End end, int status, String location, String reason) {
        return ends(end, status, location, reason + " (" + stream.lastRuleFile() + ":" + stream.lastRuleLine() + ")");
    }

    /** @return false */
    private boolean ends(End end, int status, String location, String reason) {
        String name = backend == null ? null : backend.name();
        explanation.outcome = new Outcome(end, status, location, name, null, reason);
        return false;
    }

    // ---- the request ----

    private boolean reads() {
        isHttp = frontend.isHttp;
        return !isHttp || readsHead();
    }

    private boolean readsHead() {
        HttpExchange exchange = stream.exchange(frontend.http.fieldsMax(), frontend.http.bufferBytes);
        exchange.start(1);
        stream.times().idleNs = 0;
        RequestHeadParser parser = new RequestHeadParser(frontend.http.headBytesMax, frontend.http.headersMax);
        parser.tolerant(frontend.http.acceptsUnsafeRequests);
        Framing framing = new Framing();
        framing.tolerant(frontend.http.acceptsUnsafeRequests);
        int result = parser.parse(input, bytes.length, exchange.request());
        int fault = result < 0 ? result : framing.request(exchange.request());
        if (fault < 0) {
            HeadFault why = HeadFault.of(fault);
            return ends(End.BAD_REQUEST, why.status(), null, "the request is refused: " + why.text());
        }
        exchange.hasRequest(true);
        exchange.requestBodyBytes(framing.contentLength());
        frontend.capturePlan().request(stream);
        stream.times().requestNs = 0;
        return true;
    }

    private boolean passesFrontend() {
        return passesContent(frontend.contentRules) && (!isHttp || passesHttpOfFrontend());
    }

    private boolean passesHttpOfFrontend() {
        stream.tracked().countRequest(nowNs());
        return !isMonitored() && passesHttp(frontendPlace(), frontend.httpRules);
    }

    /** What a session of {@code mode tcp} hands over. */
    private boolean becomesHttp(String why) {
        explanation.notes.add("the connection becomes HTTP: " + why);
        isHttp = true;
        return readsHead();
    }

    private boolean isMonitored() {
        Monitor monitor = frontend.http.monitor;
        if (monitor == null || !monitor.isAskedBy(stream.http().request())) {
            return false;
        }
        ends(
                End.REPLY,
                monitor.fails(stream, scratch) ? 503 : 200,
                null,
                "it asks for the proxy's health (monitor-uri)");
        return true;
    }

    private boolean choosesBackend() {
        trace.at(place(), "use_backend");
        Map<String, Backend> all = sketch.snapshot().backends();
        stream.request().show(input, bytes.length, false, false);
        Backend chosen = frontend.backendRules.choose(stream, scratch, all::get);
        stream.request().clear();
        backend = chosen != null ? chosen : frontend.defaultBackend;
        if (backend == null) {
            return ends(
                    End.NO_BACKEND,
                    frontend.isHttp ? 503 : 0,
                    null,
                    "no rule names a backend, and there is no default");
        }
        if (chosen == null) {
            explanation.notes.add("default backend: " + backend.name());
        }
        stream.backend(backend.pool());
        explanation.backend = backend.name();
        return fitsBackend();
    }

    private boolean fitsBackend() {
        if (isHttp == (backend.http != null)) {
            return true;
        }
        return isHttp
                ? ends(End.CLOSED, 0, null, "the backend is in mode tcp, where HTTP cannot go on")
                : becomesHttp("its backend is in mode http") && passesHttpOfFrontend();
    }

    /** A {@code listen} section has its rules once, as frontend. */
    private boolean passesBackend() {
        boolean isListen = backend.httpRules == frontend.httpRules;
        return passesContent(backend.contentRules) && (!isHttp || isListen || passesHttp(place(), backend.httpRules));
    }

    private boolean passesContent(TcpRules rules) {
        stream.request().show(input, bytes.length, false, false);
        RuleResult result = run("tcp-request content", rules);
        stream.request().clear();
        boolean isSwitching = result == RuleResult.SWITCH_TO_HTTP && !isHttp;
        return passes(result) && (!isSwitching || becomesHttp("a rule switches its mode"));
    }

    // ---- HTTP rules ----

    /** @param place the frontend's rules also run when its backend is known, because that made the connection HTTP */
    private boolean passesHttp(String place, HttpRuleBook book) {
        return passes(place, "http-request", book.request())
                && passes(place, "stats", book.statistics())
                && passes(place, "redirect", book.redirects());
    }

    private boolean passes(String place, String set, HttpRules rules) {
        trace.at(place, set);
        int before = explanation.steps.size();
        int first = 0;
        while (true) {
            HttpRuleResult result = rules.evaluate(first, stream, scratch);
            switch (result) {
                case CONTINUE, ALLOW -> {
                    if (set.equals("stats")) {
                        explanation
                                .steps
                                .subList(before, explanation.steps.size())
                                .clear(); // it is not for the page
                    }
                    return true;
                }
                case WAIT_FOR_BODY, PAUSE, AWAIT, EARLY_HINT -> {
                    explanation.notes.add(wait(result));
                    first = stream.http().nextRule();
                }
                default -> {
                    return ends(rules, result);
                }
            }
        }
    }

    private static String wait(HttpRuleResult result) {
        return switch (result) {
            case WAIT_FOR_BODY -> "a rule waits for the body, which is taken for empty here";
            case PAUSE -> "a rule holds the request up for a while";
            case AWAIT -> UNASKED;
            default -> "a rule sends early hints";
        };
    }

    private boolean ends(HttpRules rules, HttpRuleResult result) {
        return switch (result) {
            case DENY -> replies(rules.reply(stream), "denied by a rule");
            case RETURN -> replies(rules.reply(stream), "answered by a rule");
            case REDIRECT -> replies(rules.reply(stream), "redirected by a rule");
            case AUTH -> replies(rules.reply(stream), "a rule asks for credentials");
            case TARPIT -> replies(rules.reply(stream), "held in the tarpit, then answered");
            case SERVICE -> endsByRule(End.SERVICE, 0, null, "answered by the proxy itself: a page or metrics");
            case REJECT -> endsByRule(End.CLOSED, 0, null, "a rule closes the connection");
            case SILENT_DROP -> endsByRule(End.CLOSED, 0, null, "a rule drops the connection silently");
            case REWRITE_FAILED -> endsByRule(End.REPLY, 500, null, "a rewrite failed");
            case CONTINUE, ALLOW, WAIT_FOR_BODY, PAUSE, AWAIT, EARLY_HINT ->
                throw new IllegalStateException(result.name());
        };
    }

    private boolean replies(Reply wanted, String reason) {
        ErrorReplies ofFrontend = frontend.httpRules.errors();
        ErrorReplies errors =
                backend == null ? ofFrontend : backend.httpRules.errors().over(ofFrontend);
        Reply reply = wanted.resolve(stream, errors);
        MessageHead head = stream.http().response();
        if (reply.isSilent() || !reply.write(stream, scratch, errors, head, new ByteWriter(1024, REPLY_BYTES_MAX))) {
            return endsByRule(End.REPLY, reply.isSilent() ? 0 : 500, null, reason);
        }
        int location = head.find(FieldName.of("location"), 0);
        return endsByRule(End.REPLY, head.status(), location < 0 ? null : head.text(head.value(location)), reason);
    }
}
