package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** The servers that sessions get, one after the other, and addresses to listen on and to connect to. */
@DisplayName("balancing and addresses")
final class BehaviourBalanceTest {
    private static final String SERVERS = """
                server s1 127.0.0.1:@s@ weight 3
                server s2 127.0.0.2:@s@ weight 2
                server s3 127.0.0.3:@s@
            """;

    private static String with(String balance) {
        return "frontend fe\n bind 127.0.0.1:@fe@\n log-format %s\n default_backend be\nbackend be\n " + balance + "\n"
                + SERVERS;
    }

    private static List<String> servers(BehaviourScene scene, int count, boolean fromManyAddresses) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var client = fromManyAddresses ? scene.clientFrom("127.0.1." + (i + 1), "fe") : scene.client("fe");
            client.send("x").halfClose();
            scene.origin("s").accept().expect("x").close();
            client.expectEnd().close();
            names.add(scene.log());
        }
        return names;
    }

    @OnEveryEngine
    void shouldTakeServersInTurnByWeight(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.start(with("balance roundrobin"));

            assertEquals("s1 s2 s1 s3 s1 s2 s1 s2 s1 s3 s1 s2", String.join(" ", servers(scene, 12, false)));
        }
    }

    @OnEveryEngine
    void shouldTakeTheServerWithFewestSessions(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.start(with("balance leastconn"));

            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                scene.client("fe");
                addresses.add(
                        scene.origin("s").accept().socket().getLocalAddress().getHostAddress());
            }

            addresses.sort(null);
            assertEquals("127.0.0.1 127.0.0.1 127.0.0.1 127.0.0.2 127.0.0.2 127.0.0.3", String.join(" ", addresses));
        }
    }

    @OnEveryEngine
    void shouldHashTheSource(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.start(with("balance source"));

            assertEquals("s1 s2 s3 s1 s1 s2 s1 s2 s3 s1", String.join(" ", servers(scene, 10, true)));
        }
    }

    @OnEveryEngine
    void shouldHashAnExpressionOnARing(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.start(with("balance hash src\n hash-type consistent sdbm avalanche"));

            assertEquals("s1 s1 s1 s1 s2 s2 s2 s2 s1 s1", String.join(" ", servers(scene, 10, true)));
        }
    }

    private static String post(String target, String body) {
        return "POST " + target + " HTTP/1.1\r\nhost: x\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    /** HAProxy does with and without check_post. */
    @OnEveryEngine
    void shouldLookForAParameterInTheBodyOfAPostToo(BehaviourEngine engine) throws Exception {
        List<String> requests = List.of(
                post("/?id=7", "id=1"),
                post("/", "id=1"),
                post("/", "a=b&id=2"),
                post("/?x", "id=3 id=1"),
                post("/", "id=4\r\n"),
                "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n4\r\nid=1\r\n1\r\n4\r\n0\r\n\r\n",
                post("/", "id=/"),
                post("/", "id=/"),
                post("/", "idx=1"),
                post("/", "id="),
                post("/", "id=5").replace("POST", "PUT "),
                post("/", "id=5").replace("POST", "PUT "));
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("mode tcp", "mode http\n option http-buffer-request")
                    + with("balance url_param id check_post"));

            List<String> names = new ArrayList<>();
            for (String request : requests) {
                var client = scene.client("fe").send(request);
                scene.origin("s").accept().answer("HTTP/1.1 204 Fine\r\nconnection: close\r\n\r\n");
                client.readHead();
                client.close();
                names.add(scene.log());
            }

            assertEquals("s1 s1 s2 s1 s2 s3 s1 s1 s2 s1 s1 s2", String.join(" ", names));
        }
    }

    @OnEveryEngine
    void shouldFillTheFirstServerFirst(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.start(with("balance first"));

            assertEquals("s1 s1 s1", String.join(" ", servers(scene, 3, false)));
        }
    }

    @OnEveryEngine
    void shouldAcceptSlowstartAndOtherServerOptions(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.start(with("option tcpka\n default-server slowstart 10s maxconn 100 minconn 10 maxqueue 5"));

            assertEquals("s1 s2", String.join(" ", servers(scene, 2, false)));
        }
    }

    @OnEveryEngine
    void shouldListenOnManyAddresses(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.start(with("balance first")
                    .replace("bind 127.0.0.1:@fe@", "bind 127.0.0.1:@fe@,127.0.0.1:@fe2@\n bind :::@fe6@ v4v6"));

            for (String port : new String[] {"fe", "fe2", "fe6"}) {
                var client = scene.client(port).send("x");
                scene.origin("s").accept().expect("x").close();
                client.expectEnd().close();
                assertEquals("s1", scene.log());
            }
        }
    }

    @OnEveryEngine
    void shouldListenAndConnectOnUnixSockets(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.anyOrigin("s");
            scene.start("""
                    frontend fe
                        bind 127.0.0.1:@fe@
                        log-format "%f %s %ts %U"
                        default_backend inner
                    backend inner
                        server u1 unix@@folder@/inner.sock send-proxy-v2
                    frontend in
                        bind unix@@folder@/inner.sock accept-proxy mode 600
                        log-format "%f %s %ts %U %ci"
                        default_backend be
                    backend be
                        server s1 127.0.0.1:@s@
                    """);

            var client = scene.client("fe").send("x");
            scene.origin("s").accept().expect("x").close();
            client.expectEnd().close();

            assertEquals(
                    List.of("fe u1 -- 1", "in s1 -- 1 127.0.0.1"),
                    List.of(scene.log(), scene.log()).stream().sorted().toList());
        }
    }
}
