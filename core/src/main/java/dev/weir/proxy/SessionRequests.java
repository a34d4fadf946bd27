package dev.weir.proxy;

import dev.weir.persist.CookiePersistence;
import dev.weir.persist.PersistRules;
import dev.weir.sample.Scratch;
import dev.weir.server.ProxyProtocol;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerSettings;
import dev.weir.server.SessionRequest;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.ProxyHeader;
import dev.weir.stream.ServerView;
import dev.weir.stream.Stream;
import java.util.function.Predicate;

/** What a session of any mode asks of its backend, from its facts: which server it is bound to and why, or the number that decides. No state. */
public final class SessionRequests {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final Predicate<Server> ANY = server -> true;
    private static final Predicate<Server> UP = Server::isUp;

    private SessionRequests() {}

    /** The request's input must be shown, the HTTP request's head be there. Takes cookies out of it that are not for the server. */
    public static void fill(
            Backend backend, Stream stream, Scratch scratch, CookiePersistence cookies, SessionRequest request) {
        request.reset();
        request.retriesMax = stream.wishes().retriesMax(backend.pool());
        request.priorityClass = stream.wishes().priorityClass;
        request.priorityOffsetMs = stream.wishes().priorityOffsetMs;
        PersistRules.Effect effect = backend.persistRules.evaluate(stream, scratch);
        request.isForced = effect == PersistRules.Effect.FORCED;
        bind(backend, stream, scratch, cookies, request, effect == PersistRules.Effect.IGNORED);
        backend.balanceKey.fill(stream, backend.hashType, scratch, request);
        fillMarks(stream, request);
    }

    /** For another attempt of a session whose server, or way to one, is settled: what connecting needs. */
    public static void refill(Stream stream, SessionRequest request) {
        request.reset();
        fillMarks(stream, request);
    }

    private static void fillMarks(Stream stream, SessionRequest request) {
        request.mark = stream.wishes().mark;
        request.tos = stream.wishes().tos;
    }

    /** {@link dev.weir.server.ClientNames}, from a session's facts. */
    public static void tell(Stream stream, ServerSettings server, SessionRequest request) {
        request.client.copyFrom(stream.clientSide().source());
        request.clientDestination.copyFrom(stream.clientSide().destination());
        ProxyProtocol protocol = server.proxyProtocol;
        request.hasAuthority = protocol != null
                && protocol.authority()
                && stream.proxyHeader().field(ProxyHeader.AUTHORITY, request.authority);
        // Without unique-id-format the field is sent empty: so it is under HAProxy.
        request.hasUniqueId = protocol != null && protocol.uniqueId();
        if (request.hasUniqueId && stream.uniqueId().has(0)) {
            stream.uniqueId().wrapInto(0, request.uniqueId);
        }
    }

    /** By a rule, else by what the client brings. */
    private static void bind(
            Backend backend,
            Stream stream,
            Scratch scratch,
            CookiePersistence cookies,
            SessionRequest request,
            boolean isIgnored) {
        ServerPool pool = backend.pool();
        boolean isAny = request.isForced || pool.settings().isPersistent;
        if (!backend.serverRules.isEmpty()) {
            request.direct = backend.serverRules.choose(stream, scratch, pool::server, isAny ? ANY : UP);
        }
        HttpExchange exchange = stream.http();
        if (exchange != null && backend.cookie != null) {
            cookies.bind(backend.cookie, exchange, pool, request, isIgnored, epochSeconds(stream));
        }
        if (backend.rdpPersistence != null && request.direct == null && !isIgnored) {
            request.direct = backend.rdpPersistence.find(stream.request(), pool, request.isForced);
        }
        if (!backend.stickRules.isEmpty()) {
            stick(backend, stream, scratch, request, isAny);
        }
    }

    private static long epochSeconds(Stream stream) {
        return stream.process().clock().epochMicros() / MICROS_PER_SECOND;
    }

    /** A key that has a server leads there. */
    private static void stick(Backend backend, Stream stream, Scratch scratch, SessionRequest request, boolean isAny) {
        ServerView known = backend.stickRules.match(stream, scratch, request.direct != null, isAny);
        request.direct = known == null ? request.direct : backend.pool().server(known.name());
    }
}
