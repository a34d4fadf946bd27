package dev.weir.persist;

import dev.weir.clock.Clock;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.server.PoolSettings;
import dev.weir.server.Server;
import dev.weir.server.ServerEnvironment;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerPools;
import dev.weir.server.ServerSettings;
import dev.weir.server.SessionRequest;
import dev.weir.stream.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A backend with cookies, and one exchange through it. */
final class CookieFixture {
    static final long NOW = 1_795_664_941L;

    final CookieSettings settings;
    final PoolSettings poolSettings = new PoolSettings("be", 2);
    final SessionRequest request = new SessionRequest();
    final HttpExchange exchange = new HttpExchange(100, 16_384);
    final CookiePersistence cookies = new CookiePersistence();
    boolean isIgnored;
    private ServerPool pool;

    CookieFixture(CookieSettings settings) {
        this.settings = settings;
        settings.isLogged = true;
        exchange.start(1);
    }

    CookieFixture server(String name, String cookie) {
        ServerSettings server = new ServerSettings(name, poolSettings.servers.size() + 1);
        server.cookie = cookie == null ? null : cookie.getBytes(StandardCharsets.UTF_8);
        poolSettings.servers.add(server);
        return this;
    }

    ServerPool pool() {
        if (pool == null) {
            ServerPools pools = new ServerPools(
                    new ServerEnvironment(Clock.SYSTEM, (delayNs, task) -> {}, (backend, level, text) -> {}, 1));
            pools.apply(List.of(poolSettings));
            pool = pools.pool("be");
        }
        return pool;
    }

    Server server(String name) {
        return pool().server(name);
    }

    /** @return the cookie fields that the server would see */
    List<String> bind(String method, String... cookieFields) {
        fill(exchange.request(), FieldName.COOKIE, cookieFields);
        MessageHead head = exchange.request();
        byte[] text = method.getBytes(StandardCharsets.US_ASCII);
        head.method(head.write(text, 0, text.length));
        exchange.hasRequest(true);
        cookies.bind(settings, exchange, pool(), request, isIgnored, NOW);
        exchange.hasRequest(false);
        return values(head, FieldName.COOKIE);
    }

    /** @return the fields of that name that the client would see */
    List<String> mark(Server server, String... setCookieFields) {
        MessageHead head = exchange.response();
        fill(head, FieldName.SET_COOKIE, setCookieFields);
        head.status(200);
        cookies.mark(settings, exchange, server, request.direct == server, NOW);
        return values(head, FieldName.SET_COOKIE);
    }

    String letters() {
        return "" + exchange.cookie().request().letter()
                + exchange.cookie().response().letter();
    }

    static void fill(MessageHead head, FieldName name, String... values) {
        head.clear();
        String text = name.text() + String.join("", values);
        head.source(new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1)));
        int at = name.length();
        for (String value : values) {
            head.add(Slice.received(0, name.length()), Slice.received(at, value.length()));
            at += value.length();
        }
    }

    static List<String> values(MessageHead head, FieldName name) {
        List<String> values = new ArrayList<>();
        for (int field = head.find(name, 0); field >= 0; field = head.find(name, field + 1)) {
            values.add(head.text(head.value(field)));
        }
        return values;
    }
}
