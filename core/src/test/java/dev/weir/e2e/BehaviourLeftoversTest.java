package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.DisplayName;

/** Requests that have their answer before they are sent: a reset must not take it from the client. */
@DisplayName("HTTP: what is left of requests")
final class BehaviourLeftoversTest {
    /** More than sockets and proxies hold on the way. */
    private static final int MANY = 12 * 1024 * 1024;

    /** Shorter than a peer waits: now and then HAProxy 3.2 sees only by it that it has heard all. */
    private static final String CLIENT_TIMEOUT = "    timeout client 5s\n";

    private static final int BUFFER_BYTES = 16384;
    /** More than the proxy reads before it decides, and no more than sockets hold. */
    private static final int UNREAD = 40_000;

    private static final String DENY = """
            frontend fe
                bind 127.0.0.1:@fe@
                http-request deny if { path /deny }
                http-request pause 100ms if { path /reject }
                http-request reject if { path /reject }
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE + CLIENT_TIMEOUT + DENY);
    }

    private static String post(String path, String field) {
        return "POST " + path + " HTTP/1.1\r\nhost: x\r\n" + field + "content-length: " + MANY + "\r\n\r\n";
    }

    /** As much as the proxy's buffer holds, and not a byte that would be left unread when it closes. */
    private static String filled(String beginning) {
        return beginning + "a".repeat(BUFFER_BYTES - beginning.length());
    }

    @OnEveryEngine
    void shouldHearARequestOutThatItHasDeniedForTheLastTime(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var client = scene.client("fe").send(post("/deny", "connection: close\r\n"));

            client.expect("HTTP/1.1 403 Forbidden\r\n").send(new byte[MANY]);

            assertThat(client.rest()).endsWith("</html>\n<FIN>");
        }
    }

    @OnEveryEngine
    void shouldHearARequestOutWhoseServerWantsNoMoreOfIt(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String large = "HTTP/1.1 413 Too large\r\ncontent-length: 2\r\n\r\nno";
            var client = scene.client("fe").send(post("/a", ""));
            var server = scene.origin("s1").accept().expect(post("/a", "")).send(large);
            client.expect(large);

            server.reset();

            client.send(new byte[MANY]);
        }
    }

    @OnEveryEngine
    void shouldSayOfABodyThatItWentWrongBehindTheResponse(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String early = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
            String head = "POST /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
            var client = scene.client("fe").send(head);
            scene.origin("s1").accept().expect(head).send(early);
            client.expect(early);

            client.send("no size\r\n");

            assertThat(scene.log()).contains(" PL ");
        }
    }

    /** It gets no answer, but an end rather than a reset. */
    @OnEveryEngine
    void shouldEndInOrderForAClientThatIsRejectedWhileItSends(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var client = scene.client("fe").send(post("/reject", "") + "a".repeat(UNREAD));

            assertEquals("<FIN>", client.rest());
        }
    }

    /** HAProxy closes as soon as it has nothing more to read. */
    @OnEveryEngine
    void shouldHearAClientOutWhoseTargetIsTooLong(BehaviourEngine engine) throws Exception {
        assumeTrue(engine.isWeir());
        try (var scene = scene(engine)) {
            var client = scene.client("fe").send("GET /" + "a".repeat(MANY));

            client.expect("HTTP/1.1 414 URI Too Long\r\n");
            assertThat(client.rest()).endsWith("</html>\n<FIN>");
        }
    }

    /** Of the pages for what is no request, only those of 400 and 408 say that the connection ends. */
    @OnEveryEngine
    void shouldSayWhatHaproxySaysOfARequestThatIsTooLong(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var target = scene.client("fe").send(filled("GET /"));
            var head = scene.client("fe").send(filled("GET / HTTP/1.1\r\nx: "));

            assertThat(target.rest()).isEqualTo("""
                    HTTP/1.1 414 URI Too Long\r
                    Content-length: 110\r
                    Cache-Control: no-cache\r
                    Content-Type: text/html\r
                    \r
                    <html><body><h1>414 URI Too Long</h1>
                    The URI provided was too long for the server to process.
                    </body></html>
                    <FIN>""");
            assertThat(head.rest()).isEqualTo("""
                    HTTP/1.1 431 Request Header Fields Too Large\r
                    Content-length: 105\r
                    Cache-Control: no-cache\r
                    Content-Type: text/html\r
                    \r
                    <html><body><h1>431 Request Header Fields Too Large</h1>
                    Request Header Fields Too Large.
                    </body></html>
                    <FIN>""");
        }
    }
}
