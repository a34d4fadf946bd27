package dev.weir.e2e;

import static dev.weir.e2e.BehaviourHttpTest.PREAMBLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** {@code tcp-response content} in {@code mode http}. */
@DisplayName("HTTP: rules on what servers send")
final class BehaviourResponseContentTest {
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    /** Behind these, HAProxy looks at what comes too; else at nothing. */
    private static final String INSPECT = """
            tcp-response inspect-delay 10s
            tcp-response content accept if { status 599 }
            """;

    private static void start(BehaviourScene scene, String... lines) throws Exception {
        scene.origin("s1");
        scene.startWhole(PREAMBLE.replace("%ts", "%ts %ST") + "listen web\n    bind 127.0.0.1:@fe@\n"
                + String.join("\n", lines).indent(4) + "    server s1 127.0.0.1:@s1@\n");
    }

    /** A request whose response that is. */
    private static BehaviourPeer answered(BehaviourScene scene, String answer) throws Exception {
        var client = scene.client("fe").send(GET);
        scene.origin("s1").accept().expect(GET).send(answer);
        return client;
    }

    @OnEveryEngine
    void shouldLookAtTheHead(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            start(
                    scene,
                    INSPECT + "tcp-response content set-var(txn.seen) res.hdr(x)",
                    "tcp-response content set-var(res.was) status",
                    "tcp-response content set-log-level silent if { status 204 }",
                    "http-response set-header seen %[var(txn.seen)],%[var(res.was)]");

            answered(scene, "HTTP/1.1 204 No Content\r\nx: 6\r\n\r\n")
                    .expect("HTTP/1.1 204 No Content\r\nx: 6\r\nseen: 6,204\r\n\r\n")
                    .close();
            answered(scene, OK.replace("\r\n\r\n", "\r\nx: 7\r\n\r\n"))
                    .expect("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nx: 7\r\nseen: 7,200\r\n\r\nabc");

            assertEquals("web web/s1 -- 200 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRunBeforeAnythingCameIfThereIsNoDelay(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            start(
                    scene,
                    "tcp-response content reject if { status 200 }",
                    "tcp-response content set-var(txn.seen) str(yes)",
                    "http-response set-header seen %[var(txn.seen)]");

            answered(scene, OK).expect("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nseen: yes\r\n\r\nabc");
        }
    }

    @OnEveryEngine
    void shouldKeepTheResponseFromTheClient(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            start(scene, INSPECT + "tcp-response content reject if { status 200 }");

            answered(scene, OK).expectEnd();

            assertEquals("web web/s1 PD 200 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldCloseTheServerBeforeItAnswers(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            start(scene, "tcp-response content close");

            scene.client("fe").send(GET).expect("HTTP/1.1 502 Bad Gateway\r\n");

            assertEquals("web web/s1 SH 502 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldPassOnWhatIsHereOfAServerThatItCloses(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            start(scene, INSPECT + "tcp-response content close if { status 200 }");

            answered(scene, OK).expect(OK);
            answered(scene, OK.replace(": 3", ": 9"))
                    .expect(OK.replace(": 3", ": 9"))
                    .expectEnd();

            assertEquals("web web/s1 -- 200 1/1/0/0/0 0/0", scene.log());
            assertEquals("web web/s1 SD 200 2/2/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLookAtWhatComesFirst(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            start(
                    scene,
                    INSPECT + "tcp-response content set-var(txn.first) status",
                    "http-response set-header first %[var(txn.first)]");

            answered(scene, "HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n" + OK)
                    .expect("HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n"
                            + "HTTP/1.1 200 OK\r\ncontent-length: 3\r\nfirst: 103\r\n\r\nabc");
        }
    }
}
