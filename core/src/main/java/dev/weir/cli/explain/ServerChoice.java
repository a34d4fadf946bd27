package dev.weir.cli.explain;

import dev.weir.cli.explain.Explanation.Candidate;
import dev.weir.cli.explain.Explanation.End;
import dev.weir.cli.explain.Explanation.Outcome;
import dev.weir.cli.explain.Explanation.Step;
import dev.weir.persist.CookiePersistence;
import dev.weir.proxy.Backend;
import dev.weir.proxy.SessionRequests;
import dev.weir.sample.Scratch;
import dev.weir.sample.Verdict;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.SessionRequest;
import dev.weir.server.StatusText;
import dev.weir.stream.PersistenceCookie.Request;
import dev.weir.stream.Stream;

/** Which servers a request may go to, which one it would get now, and why. One use; one thread. */
final class ServerChoice {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Explanation explanation;
    private final Trace trace;
    private final Stream stream;
    private final Scratch scratch;
    private final SessionRequest wish = new SessionRequest();

    ServerChoice(Explanation explanation, Trace trace, Stream stream, Scratch scratch) {
        this.explanation = explanation;
        this.trace = trace;
        this.stream = stream;
        this.scratch = scratch;
    }

    void run(Backend backend) {
        ServerPool pool = backend.pool();
        trace.at("backend " + backend.name(), "use-server, stick");
        SessionRequests.fill(backend, stream, scratch, new CookiePersistence(), wish);
        explanation.algorithm = pool.settings().balance.method().keyword();
        for (int i = 0; i < pool.serverCount(); i++) {
            explanation.candidates.add(candidate(pool, pool.server(i)));
        }
        ServerPool.Foresight foresight = pool.foresee(wish);
        explanation.outcome = outcome(backend, foresight.server(), foresight.waits());
    }

    private Outcome outcome(Backend backend, Server server, boolean waits) {
        if (server == null && !waits) {
            int status = stream.http() == null ? 0 : SERVICE_UNAVAILABLE;
            return new Outcome(End.NO_SERVER, status, null, backend.name(), null, "no server is usable");
        }
        String name = server == null ? null : server.name();
        String reason = wish.direct != null ? bond() : balance(backend);
        String full =
                server == null ? "all servers are full: it waits for any of them" : reason + "; full, so it waits";
        return new Outcome(waits ? End.WAITS : End.SERVER, 0, null, backend.name(), name, waits ? full : reason);
    }

    // ---- why ----

    /** What bound the request to a server. */
    private String bond() {
        Request cookie =
                stream.http() == null ? Request.NONE : stream.http().cookie().request();
        if (cookie == Request.VALID || cookie == Request.DOWN) {
            return "its cookie names the server";
        }
        Step last = null;
        for (Step step : explanation.steps) {
            last = step.verdict() == Verdict.PASS && step.set().startsWith("use-server") ? step : last;
        }
        return last == null
                ? "its RDP cookie names the server"
                : "bound by " + (last.rule() == null ? "a rule" : "'" + last.rule() + "'") + " (" + last.file() + ":"
                        + last.line() + ")";
    }

    private String balance(Backend backend) {
        String keyword = backend.pool().settings().balance.method().keyword();
        if (wish.hasHash) {
            return "balance " + keyword + ": the hash of its key is " + Integer.toUnsignedString(wish.hash);
        }
        if (backend.pool().settings().balance.method().isHash()) {
            return "balance " + keyword + ": the request has no such key, so servers take turns";
        }
        return "balance " + keyword + ": "
                + switch (keyword) {
                    case "leastconn" -> "the fewest sessions for its weight";
                    case "first" -> "the first with a free place";
                    case "random" -> "drawn; another draw may fall on another";
                    default -> "its turn";
                };
    }

    // ---- which ----

    private static Candidate candidate(ServerPool pool, Server server) {
        return new Candidate(
                server.name(),
                server.addressText(),
                StatusText.of(server),
                server.effectiveWeight(),
                server.connections(),
                server.connectionsMax(),
                objection(pool, server));
    }

    private static String objection(ServerPool pool, Server server) {
        if (pool.mayServe(server)) {
            return server.isFull() ? "full" : null;
        }
        if (!server.isAvailable()) {
            return server.isInMaintenance() ? "in maintenance" : server.isDraining() ? "draining" : "down";
        }
        if (server.effectiveWeight() == 0) {
            return "weight 0";
        }
        return server.isBackup() ? "backup, not called upon" : "not usable";
    }
}
