package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;

/** Fetches of HTTP in {@code mode tcp}, where the connection stays what it is. */
@DisplayName("TCP: looking at requests")
final class BehaviourPeekTest {
    private static final String PROXIES = """
            frontend fe
                bind 127.0.0.1:@fe@
                tcp-request inspect-delay 10s
                tcp-request content reject if { path_beg /no }
                tcp-request content reject if { req.hdr(x-a) -m str bad } METH_POST
                tcp-request content accept if { path -m found }
                tcp-request content accept if !{ req.proto_http } { req.len gt 6 }
                use_backend web if { path_beg /web } { hdr(host) -i example.com }
                default_backend raw
            backend web
                server w1 127.0.0.1:@w1@
            backend raw
                server r1 127.0.0.1:@r1@
            """;

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: Example.com\r\n\r\n";
    }

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("w1");
        scene.origin("r1");
        return scene.start(PROXIES);
    }

    private static void passes(BehaviourScene scene, String origin, String... parts) throws Exception {
        var client = scene.client("fe");
        for (String part : parts) {
            client.send(part);
        }
        var server = scene.origin(origin).accept().expect(String.join("", parts));
        server.send("bye").close();
        client.expect("bye").close();
    }

    @OnEveryEngine
    void shouldChooseTheBackendByPathAndHost(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            passes(scene, "w1", get("/web/a"));
            passes(scene, "r1", get("/other"));
            passes(scene, "r1", "GET /web HTTP/1.1\r\nHost: elsewhere\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldWaitForTheWholeHead(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            passes(scene, "w1", "GET /w", "eb HTTP/1.1\r\nHost: exam", "ple.com\r\n\r\n", "more");
        }
    }

    @OnEveryEngine
    void shouldRejectWhatARuleRejects(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.client("fe").send(get("/no/a")).rest();
            assertTrue(scene.log().startsWith("fe fe/<NOSRV> PR "));
            scene.client("fe").send("POST / HTTP/1.1\r\nx-a: bad\r\n\r\n").rest();
            assertTrue(scene.log().startsWith("fe fe/<NOSRV> PR "));
        }
    }

    @OnEveryEngine
    void shouldPassWhatIsNoRequest(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            passes(scene, "r1", "\u0001\u0002 no request");
        }
    }
}
