package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** Messages with a body: awaited before rules run ({@code option http-buffer-request}, {@code wait-for-body}), cut short, slow. */
@DisplayName("HTTP: bodies that rules look at")
final class BehaviourBodyTest {
    private static final String HEAD = "POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    private static final String BUFFER = "option http-buffer-request";

    private static String frontend(String... lines) {
        return BehaviourHttpTest.PREAMBLE
                + BehaviourHttpTest.ONE_SERVER.replace("frontend fe\n", "frontend fe\n" + indented(lines));
    }

    private static String backend(String... lines) {
        return BehaviourHttpTest.PREAMBLE
                + BehaviourHttpTest.ONE_SERVER.replace("\nbackend be\n", "\nbackend be\n" + indented(lines));
    }

    private static String indented(String... lines) {
        return "    " + String.join("\n    ", lines) + "\n";
    }

    @OnEveryEngine
    void shouldLetRulesOfTheFrontendSeeTheBody(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(frontend(BUFFER, "http-request return status 200 hdr x-body %[req.body]"));

            var client = scene.client("fe").send(HEAD).send("hello");

            client.expect("HTTP/1.1 200 OK\r\nx-body: hello\r\ncontent-length: 0\r\n\r\n");
            assertEquals("fe fe/<NOSRV> LR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLetRulesOfTheBackendSeeAChunkedBody(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(backend(BUFFER, "http-request return status 200 hdr x-body %[req.body]"));

            var client = scene.client("fe")
                    .send("POST /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n");
            client.send("3\r\nllo\r\n0\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\nx-body: hello\r\ncontent-length: 0\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldRepeatWhatWasAwaited(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend(BUFFER, "retry-on empty-response"));

            var client = scene.client("fe").send(HEAD).send("hel").send("lo");
            origin.accept().expect(HEAD + "hello").close();
            origin.accept().expect(HEAD + "hello").send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/1 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldInviteABodyThatIsToBeBuffered(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend(BUFFER));

            var client = scene.client("fe").send(HEAD.replace("host", "expect: 100-continue\r\nhost"));
            client.expect("HTTP/1.1 100 Continue\r\n\r\n").send("hello");
            origin.accept().expect(HEAD + "hello").send(OK);

            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldBufferNoMoreThanFits(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend(BUFFER));

            String head = HEAD.replace(": 5", ": 40000");
            var client = scene.client("fe").send(head + "x".repeat(20000));
            var server = origin.accept().expect(head + "x".repeat(20000));
            client.send("y".repeat(20000));
            server.expect("y".repeat(20000)).send(OK);

            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldRefuseABodyThatDoesNotComeInTime(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(backend(BUFFER, "timeout http-request 500ms"));

            var client = scene.client("fe").send(HEAD);

            client.expect("HTTP/1.1 408 Request Time-out\r\n");
            assertEquals("cR", scene.log().split(" ")[2]);
        }
    }

    @OnEveryEngine
    void shouldWaitForABodyAsLongAsAClientMayBeSilent(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(frontend(BUFFER, "timeout client 500ms"));

            scene.client("fe").send(HEAD).expect("HTTP/1.1 408 Request Time-out\r\n");

            assertEquals("fe fe/<NOSRV> cR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldSayNothingToAClientThatEndedWithinItsBody(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(backend(BUFFER));

            scene.client("fe").send(HEAD).halfClose().expectEnd();

            assertEquals("fe be/<NOSRV> CR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldGoOnWithWhatAClientSentThatEndedWithinItsBody(BehaviourEngine engine) throws Exception {
        assumeTrue(engine.isWeir(), "what HAProxy still has of the body depends on the moment");
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(frontend(
                    "http-request wait-for-body time 60s", "http-request return status 200 hdr x-body %[req.body]"));

            var client = scene.client("fe").send(HEAD + "hel").halfClose();

            assertEquals("hel", field(client.readHead(), "x-body"));
            assertEquals("fe fe/<NOSRV> LR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldChooseTheBackendOfAClientThatEndedWithinItsBody(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(frontend("http-request wait-for-body time 60s"));

            scene.client("fe").send(HEAD + "hel").halfClose().expectEnd();

            assertEquals("fe be/<NOSRV> CR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRefuseAnAwaitedBodyThatIsNone(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(backend(BUFFER));

            var client = scene.client("fe")
                    .send("POST /a HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ntransfer-encoding: chunked\r\n\r\n");
            client.expect("HTTP/1.1 100 Continue\r\n\r\n").send("2\r\nhe\r\nno\r\n");

            assertEquals("fe be/<NOSRV> PR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldSayNothingToAClientThatEndedBeforeItsServerHadAll(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("log-tag haproxy").replace("%ts", "%ts %ST"));

            var client = scene.client("fe").send(HEAD + "he");
            origin.accept().expect(HEAD + "he");

            client.halfClose().expectEnd();
            assertEquals("fe be/s1 CH 400 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldNoticeAServerThatWentBeforeItHadAll(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("log-tag haproxy"));

            var client = scene.client("fe").send(HEAD + "he");
            origin.accept().expect(HEAD + "he").close();

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertEquals("fe be/s1 SH 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldSayWhoCutTheBodyBehindAnEarlyResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("log-tag haproxy"));

            var client = scene.client("fe").send(HEAD + "he");
            origin.accept().expect(HEAD + "he").send(OK);
            client.expect(OK).halfClose().expectEnd();

            assertEquals("fe be/s1 CL 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldPassABodyOnWhoseClientWaitsForNoInvitation(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("log-tag haproxy"));

            String head = HEAD.replace("content", "expect: 100-continue\r\ncontent");
            var client = scene.client("fe").send(head);
            var server = origin.accept().expect(head);
            client.send("hello");
            server.expect("hello").send(OK);

            client.expect(OK);
        }
    }

    // ---- what came along with the head ----

    @OnEveryEngine
    void shouldShowRulesWhatCameWithTheHead(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(
                    frontend("http-request return status 200 hdr x-body %[req.body] hdr x-length %[req.body_len]"));

            var client = scene.client("fe").send(HEAD + "hello");

            client.expect("HTTP/1.1 200 OK\r\nx-body: hello\r\nx-length: 5\r\ncontent-length: 0\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldShowRulesTheChunksThatCameWithTheHead(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(backend("http-request return status 200 hdr x-body %[req.body]"));

            var client = scene.client("fe")
                    .send("POST /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
                            + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\nx-body: hello\r\ncontent-length: 0\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldForgetTheBodyBeforeTheNextRequest(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(frontend("http-request return status 200 hdr x-body (%[req.body])"));

            var client = scene.client("fe").send(HEAD + "hello");
            client.expect("HTTP/1.1 200 OK\r\nx-body: (hello)\r\ncontent-length: 0\r\n\r\n");
            client.send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\nx-body: ()\r\ncontent-length: 0\r\n\r\n");
        }
    }

    // ---- responses ----

    private static final String SHOWN = "http-response set-header x-body %[res.body]";

    @OnEveryEngine
    void shouldShowRulesWhatCameWithTheHeadOfAResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend(SHOWN));

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");
            origin.accept().expect("GET /a HTTP/1.1\r\nhost: x\r\n\r\n").send(OK);

            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nx-body: abc\r\n\r\nabc");
        }
    }

    @OnEveryEngine
    void shouldWaitForTheBodyOfAResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("http-response wait-for-body time 60s", SHOWN));

            for (String parts : new String[] {
                "content-length: 5\r\n\r\nhe|llo", "transfer-encoding: chunked\r\n\r\n2\r\nhe\r\n|3\r\nllo\r\n0\r\n\r\n"
            }) {
                var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
                BehaviourPeer server = origin.accept();
                server.readHead();
                for (String part : ("HTTP/1.1 200 OK\r\n" + parts).split("\\|")) {
                    server.send(part);
                }
                assertEquals("hello", field(client.readHead(), "x-body"));
                client.close();
                server.close();
            }
        }
    }

    private static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("-");
    }

    @OnEveryEngine
    void shouldWaitForAsMuchOfAResponseAsIsWanted(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("http-response wait-for-body time 60s at-least 4", SHOWN));

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");
            BehaviourPeer server = origin.accept();
            server.answer("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhell");

            assertEquals("hell", field(client.readHead(), "x-body"));
            server.send("o all");
            client.expect("hello all");
        }
    }

    @OnEveryEngine
    void shouldNotWaitLongerForTheBodyOfAResponseThanItIsTold(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("http-response wait-for-body time 20ms", SHOWN));

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");
            BehaviourPeer server = origin.accept();
            server.answer("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhell");

            assertEquals(
                    "HTTP/1.1 504 Gateway Time-out",
                    client.readHead().lines().findFirst().orElseThrow());
            assertTrue(List.of("<FIN>", "<RST>").contains(server.rest()), "the server's connection is closed");
            assertEquals("fe be/s1 sH", scene.log().substring(0, 11));
        }
    }

    @OnEveryEngine
    void shouldPassOnWhatAServerSentThatWentInTheMiddleOfAnAwaitedBody(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("http-response wait-for-body time 60s", SHOWN));

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");
            BehaviourPeer server = origin.accept();
            server.answer("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhell").close();

            assertEquals("hell", field(client.readHead(), "x-body"));
            client.expect("hell").expectEnd();
        }
    }

    @OnEveryEngine
    void shouldRefuseAnAwaitedBodyOfAResponseThatIsNone(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("http-response wait-for-body time 60s"));

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");
            BehaviourPeer server = origin.accept();
            server.answer("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            server.send("2\r\nhe\r\n").send("no\r\n");

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertEquals("fe be/s1 PH 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldShowTheBodyOfItsOwnResponses(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(frontend(
                    "http-request return status 200 content-type text/plain string hello",
                    "http-after-response set-header x-body %[res.body]"));

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");

            assertEquals("hello", field(client.readHead(), "x-body"));
            client.expect("hello");
        }
    }
}
