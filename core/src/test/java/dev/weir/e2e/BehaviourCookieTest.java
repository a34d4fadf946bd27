package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** The cookie that binds a client to its server: what the server sees, what the client gets, what the log says. */
@DisplayName("cookie persistence")
final class BehaviourCookieTest {
    private static String with(String backendLines) {
        return "frontend fe\n mode http\n bind 127.0.0.1:@fe@\n log-format \"%s %ST %tsc\"\n default_backend be\n"
                + "backend be\n mode http\n" + backendLines;
    }

    private static final String SERVERS = " server s1 127.0.0.1:@s1@ cookie v1\n server s2 127.0.0.1:@s2@ cookie v2\n";

    /** Sends a request with a cookie and answers it. @return server's view | client's view | log */
    private static String exchange(BehaviourScene scene, String server, String cookie, String setCookie)
            throws Exception {
        try (var client = scene.client("fe")) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n" + field("Cookie", cookie) + "Connection: close\r\n\r\n");
            BehaviourPeer origin = scene.origin(server).accept();
            String request = origin.readHead();
            origin.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + field("Set-Cookie", setCookie)
                    + "Connection: close\r\n\r\n");
            String response = client.readHead();
            origin.close();
            return cookies(request) + " | " + cookies(response) + " | " + scene.log();
        }
    }

    private static String field(String name, String value) {
        return value.isEmpty() ? "" : name + ": " + value + "\r\n";
    }

    private static String cookies(String head) {
        List<String> fields = head.lines()
                .filter(line -> line.startsWith("cookie: ") || line.startsWith("set-cookie: "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        return fields.isEmpty() ? "-" : String.join(" + ", fields);
    }

    private static BehaviourScene scene(BehaviourEngine engine, String backendLines) throws Exception {
        BehaviourScene scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        return scene.start(with(backendLines));
    }

    private static void assertExchange(
            BehaviourScene scene, String server, String cookie, String setCookie, String expected) throws Exception {
        assertEquals(expected, exchange(scene, server, cookie, setCookie));
    }

    @OnEveryEngine
    void shouldSendAClientToItsServer(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV insert indirect nocache\n" + SERVERS)) {
            assertExchange(scene, "s2", "SRV=v2", "", "- | - | s2 200 --VN");
            assertExchange(scene, "s2", "a=b; SRV=v2; c=d", "", "a=b; c=d | - | s2 200 --VN");
            assertExchange(scene, "s1", "", "", "- | SRV=v1; path=/ | s1 200 --NI");
            assertExchange(scene, "s2", "SRV=v3", "", "- | SRV=v2; path=/ | s2 200 --II");
            assertExchange(scene, "s1", "SRV=v1", "SRV=own", "- | - | s1 200 --VD");
        }
    }

    @OnEveryEngine
    void shouldLogThatThereIsACookieThoughARuleAnswers(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV insert\n http-request deny\n" + SERVERS)) {
            var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.readHead();
            assertEquals("<NOSRV> 403 PRNN", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRewriteTheServersCookie(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV rewrite\n" + SERVERS)) {
            assertExchange(scene, "s1", "", "SRV = x ; path=/", "- | SRV=v1 ; path=/ | s1 200 --NR");
            assertExchange(scene, "s1", "SRV=v1", "other=1", "SRV=v1 | other=1 | s1 200 --VN");
        }
    }

    @OnEveryEngine
    void shouldPrefixTheServersCookie(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SID prefix\n" + SERVERS)) {
            assertExchange(scene, "s1", "", "SID=x; path=/", "- | SID=v1~x; path=/ | s1 200 --NR");
            assertExchange(scene, "s2", "a=b;SID=v2~x ; c=d", "", "a=b;SID=x ; c=d | - | s2 200 --VN");
        }
    }

    @OnEveryEngine
    void shouldOnlyLookAtAPassiveCookie(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV\n" + SERVERS)) {
            assertExchange(scene, "s2", "SRV = v2; a = b", "SRV=x", "SRV=v2; a=b | SRV=x | s2 200 ----");
        }
    }

    /** Of several lines the last one holds, but each adds its attributes. */
    @OnEveryEngine
    void shouldAddUpTheAttributesOfSeveralLines(BehaviourEngine engine) throws Exception {
        String lines =
                " cookie OLD rewrite domain .a.b attr One\n cookie SRV insert attr Two\n cookie SRV insert secure\n";
        try (var scene = scene(engine, lines + SERVERS)) {
            assertExchange(
                    scene, "s1", "OLD=v2", "OLD=x", "OLD=v2 | OLD=x + SRV=v1; path=/; Secure; One; Two | s1 200 --NI");
        }
    }

    @OnEveryEngine
    void shouldAddThemToThoseOfTheDefaults(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(" cookie OLD rewrite domain .a.b attr One\n" + with(" cookie SRV insert attr Two\n" + SERVERS));

            assertExchange(scene, "s1", "", "", "- | SRV=v1; path=/; One; Two | s1 200 --NI");
        }
    }

    @OnEveryEngine
    void shouldWriteAttributes(BehaviourEngine engine) throws Exception {
        String cookie = " cookie SRV insert httponly secure domain .a.b domain c.d attr SameSite=None attr \"X='y'\"\n";
        try (var scene = scene(engine, cookie + SERVERS)) {
            assertExchange(
                    scene,
                    "s1",
                    "",
                    "",
                    "- | SRV=v1; path=/; domain=.a.b; domain=c.d; HttpOnly; Secure; SameSite=None; X='y' | s1 200 --NI");
        }
    }

    @OnEveryEngine
    void shouldPreferARuleToACookie(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV insert\n use-server s2 if TRUE\n" + SERVERS)) {
            assertExchange(scene, "s2", "SRV=v1", "", "SRV=v1 | - | s2 200 --UN");
        }
    }

    @OnEveryEngine
    void shouldIgnoreACookieByRule(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV insert\n ignore-persist if TRUE\n" + SERVERS)) {
            assertExchange(scene, "s1", "SRV=v2", "", "SRV=v2 | - | s1 200 --UN");
        }
    }

    private static final String SECOND_DOWN = SERVERS.replace("cookie v2", "cookie v2 disabled");

    @OnEveryEngine
    void shouldGiveAClientOfAServerThatIsDownAnotherOne(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV insert indirect\n" + SECOND_DOWN)) {
            assertExchange(scene, "s1", "SRV=v2", "", "- | SRV=v1; path=/ | s1 200 --DI");
        }
    }

    @OnEveryEngine
    void shouldStayWithAServerThatIsDownByForce(BehaviourEngine engine) throws Exception {
        String force = " cookie SRV insert indirect\n force-persist if TRUE\n";
        try (var scene = scene(engine, force + SECOND_DOWN)) {
            assertExchange(scene, "s2", "SRV=v2", "", "- | - | s2 200 --DN");
        }
    }

    @OnEveryEngine
    void shouldStayWithAServerThatIsDownIfTheBackendPersists(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV insert indirect\n option persist\n" + SECOND_DOWN)) {
            assertExchange(scene, "s2", "SRV=v2", "", "- | - | s2 200 --DN");
        }
    }

    @OnEveryEngine
    void shouldMoveAClientWhoseServerRefusesConnections(BehaviourEngine engine) throws Exception {
        String lines = " cookie SRV insert indirect\n option redispatch 1\n retries 1\n timeout connect 100ms\n";
        try (var scene = scene(engine, lines + SERVERS)) {
            scene.closeOrigin("s2");
            assertExchange(scene, "s1", "SRV=v2", "", "- | SRV=v1; path=/ | s1 200 --DI");
        }
    }

    private static final int TRIES = 5;

    /** The date in a cookie changes every four seconds: only a request that comes before it does shows that it is left alone. */
    @OnEveryEngine
    void shouldRenewADateThatIsNotThisOne(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " cookie SRV insert maxidle 10m maxlife 1h\n" + SERVERS)) {
            String seen = "";
            String first = "";
            for (int i = 0; i == 0 || i < TRIES && isRenewed(seen, first); i++) {
                String got = exchange(scene, "s1", "SRV=v1", "");
                assertEquals(
                        "SRV=v1 | SRV=v1|DDDDD|DDDDD; path=/ | s1 200 --VU",
                        got.replaceAll("\\|[A-Za-z0-9+/]{5}(?=[|;])", "|DDDDD"));
                first = got.substring(got.indexOf("| ") + 2, got.indexOf("; path"));
                seen = exchange(scene, "s1", first, "");
            }

            assertEquals(first + " | - | s1 200 --VN", seen);
        }
    }

    /** Whether the client got a cookie with another date of its last request, the first of the two. */
    private static boolean isRenewed(String seen, String cookie) {
        String dated = cookie.substring(0, cookie.lastIndexOf('|') + 1);
        return seen.contains("; path") && !seen.contains(" | " + dated);
    }
}
