package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** Lines that are written before the end: {@code log-steps}, {@code do-log}; and what {@code log-profile} makes of lines. */
@DisplayName("log lines by step")
final class BehaviourLogStepsTest {
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    /** The last number makes HAProxy wait for the end of what has no steps. */
    private static final String FORMAT = "%OG %ft %b/%s %Tt";

    private static final String PROXIES =
            BehaviourHttpTest.ONE_SERVER.replace("frontend fe\n", "frontend fe\n@front@\n") + "@back@\n";

    private static BehaviourScene http(BehaviourEngine engine, String front, String back) throws Exception {
        return scene(engine, BehaviourHttpTest.PREAMBLE, front, back);
    }

    private static BehaviourScene tcp(BehaviourEngine engine, String front, String back) throws Exception {
        return scene(engine, BehaviourScene.PREAMBLE, front, back);
    }

    private static BehaviourScene scene(BehaviourEngine engine, String preamble, String front, String back)
            throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(preamble.replaceFirst("log-format .*", "log-format \"" + FORMAT + "\"")
                + PROXIES.replace("@front@", front).replace("@back@", back));
    }

    private static List<String> lines(BehaviourScene scene, int count) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(scene.log().replaceFirst(" [+]?-?\\d+$", ""));
        }
        return lines;
    }

    private static void exchange(BehaviourScene scene) throws Exception {
        var client = scene.client("fe").send(GET);
        scene.origin("s1").accept().expect(GET).send(OK);
        client.expect(OK).close();
    }

    // ---- log-steps ----

    @OnEveryEngine
    void shouldWriteALineAtEachStepOfARequest(BehaviourEngine engine) throws Exception {
        try (var scene = http(engine, " log-steps all", "")) {
            exchange(scene);

            assertThat(lines(scene, 5))
                    .containsExactly(
                            "txn_accept fe fe/<NOSRV>",
                            "txn_request fe fe/<NOSRV>",
                            "txn_connect fe be/s1",
                            "txn_response fe be/s1",
                            "txn_close fe be/s1");
        }
    }

    @OnEveryEngine
    void shouldWriteThoseThatAreAskedFor(BehaviourEngine engine) throws Exception {
        try (var scene = http(engine, " log-steps close,request\n http-request deny if { path /no }", "")) {
            exchange(scene);
            scene.client("fe").send(GET.replace("/a", "/no")).expect("HTTP/1.1 403 Forbidden\r\n");
            scene.client("fe").send("bad\r\n\r\n").expect("HTTP/1.1 400 Bad request\r\n");

            assertThat(lines(scene, 5))
                    .containsExactly(
                            "txn_request fe fe/<NOSRV>",
                            "txn_close fe be/s1",
                            "txn_request fe fe/<NOSRV>",
                            "txn_close fe fe/<NOSRV>",
                            "sess_error fe fe/<NOSRV>");
        }
    }

    @OnEveryEngine
    void shouldWriteALineAtEachStepOfATcpSession(BehaviourEngine engine) throws Exception {
        try (var scene = tcp(engine, " log-steps all", "")) {
            var client = scene.client("fe").send("hello");
            scene.origin("s1").accept().expect("hello").send("hi").close();
            assertThat(client.rest()).isEqualTo("hi<FIN>");
            client.close();

            assertThat(lines(scene, 3))
                    .containsExactly("txn_accept fe fe/<NOSRV>", "txn_connect fe be/s1", "txn_close fe be/s1");
        }
    }

    @OnEveryEngine
    void shouldSayWhyALineIsEarly(BehaviourEngine engine) throws Exception {
        try (var scene = http(engine, " option logasap\n log-format \"%OG %ft %b/%s %HM %ST\"", "")) {
            exchange(scene);

            assertThat(scene.log()).isEqualTo("txn_response fe be/s1 GET 200");
        }
    }

    // ---- do-log ----

    @OnEveryEngine
    void shouldWriteALineWhereRulesOfARequestSaySo(BehaviourEngine engine) throws Exception {
        String front = """
                 tcp-request connection do-log
                 tcp-request session do-log
                 tcp-request content do-log
                 http-request do-log if { path /a }
                 http-response do-log
                 http-after-response do-log
                 http-request do-log if { path /b }
                """;
        try (var scene = http(engine, front, " http-request do-log\n http-response do-log")) {
            exchange(scene);

            assertThat(lines(scene, 9))
                    .containsExactly(
                            "tcp-req-conn fe fe/<NOSRV>",
                            "tcp-req-sess fe fe/<NOSRV>",
                            "tcp-req-cont fe fe/<NOSRV>",
                            "http-req fe fe/<NOSRV>",
                            "http-req fe be/<NOSRV>",
                            "http-res fe be/s1",
                            "http-res fe be/s1",
                            "http-after-res fe be/s1",
                            "txn_close fe be/s1");
        }
    }

    @OnEveryEngine
    void shouldWriteALineWhereRulesOfATcpSessionSaySo(BehaviourEngine engine) throws Exception {
        String rules = " tcp-request session do-log\n tcp-request content do-log";
        try (var scene = tcp(engine, rules, " tcp-request content do-log\n tcp-response content do-log")) {
            var client = scene.client("fe").send("hello");
            scene.origin("s1").accept().expect("hello").send("hi").close();
            assertThat(client.rest()).isEqualTo("hi<FIN>");
            client.close();

            assertThat(lines(scene, 5))
                    .containsExactly(
                            "tcp-req-sess fe fe/<NOSRV>",
                            "tcp-req-cont fe fe/<NOSRV>",
                            "tcp-req-cont fe be/<NOSRV>",
                            "tcp-res-cont fe be/s1",
                            "txn_close fe be/s1");
        }
    }

    @OnEveryEngine
    void shouldWriteNoneForASilentStream(BehaviourEngine engine) throws Exception {
        String rules = " http-request set-log-level silent if { path /a }\n http-request do-log";
        try (var scene = http(engine, rules, "")) {
            exchange(scene);
            scene.client("fe").send(GET.replace("/a", "/b"));
            scene.origin("s1").accept().readHead();

            assertThat(lines(scene, 1)).containsExactly("http-req fe fe/<NOSRV>");
        }
    }

    @OnEveryEngine
    void shouldKnowWhatIsKnown(BehaviourEngine engine) throws Exception {
        String front = " log-format \"%OG %HM %HU %ST %ts %ac/%fc/%bc/%sc/%rc %[var(txn.a)] %B\"\n"
                + " http-request set-var(txn.a) str(x)\n http-request do-log";
        try (var scene = http(engine, front, " http-response do-log")) {
            exchange(scene);

            assertThat(scene.log()).isEqualTo("http-req GET /a -1 -- 1/1/0/0/0 x 0");
            assertThat(scene.log()).isEqualTo("http-res GET /a 200 -- 1/1/1/1/0 x 0");
            assertThat(scene.log()).startsWith("txn_close GET /a 200 -- 1/1/0/0/0 x ");
        }
    }

    // ---- log-profile ----

    private static final String PROFILED = """
            global
                nbthread 1
            log-profile other
                log-tag TAG
                on error format "%ci failed"
                on connect drop
                on any sd "[any]"
                on request format "request %HM"
                on http-req format "rule"
                on close sd "[end@17 ST=\\"%ST\\"]" format "closed"
            defaults base
                mode http
                log 127.0.0.1:@log@ format rfc5424 profile other local0
                log-format "%OG %Tt"
                error-log-format "broken %OG"
                log-format-sd "[own]"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            """;

    private static String profiled(BehaviourScene scene) throws IOException {
        return scene.logs()
                .raw()
                .replaceFirst("^(<\\d+>1) [0-9T:.+-]+ \\S+ (\\S+) \\d+", "$1 $2")
                .replaceFirst(" -?\\d+$", "");
    }

    @OnEveryEngine
    void shouldShapeLinesByTheProfileOfTheirTarget(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(PROFILED
                    + PROXIES.replace("@front@", " log-steps all\n http-request do-log")
                            .replace("@back@", ""));
            exchange(scene);
            scene.client("fe").send("bad\r\n\r\n").expect("HTTP/1.1 400 Bad request\r\n");

            assertThat(profiled(scene)).isEqualTo("<134>1 TAG - [any] txn_accept");
            assertThat(profiled(scene)).isEqualTo("<134>1 TAG - [own] request GET");
            assertThat(profiled(scene)).isEqualTo("<134>1 TAG - [own] rule");
            assertThat(profiled(scene)).isEqualTo("<134>1 TAG - [any] txn_response");
            assertThat(profiled(scene)).isEqualTo("<134>1 TAG - [end@17 ST=\"200\"] closed");
            assertThat(profiled(scene)).isEqualTo("<134>1 TAG - [own] 127.0.0.1 failed");
        }
    }

    @OnEveryEngine
    void shouldShapeThemForThatTargetAlone(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(PROFILED.replace(
                            "    log-format ", "    log 127.0.0.1:@log@ format rfc5424 local1\n    log-format ")
                    + PROXIES.replace("@front@", "").replace("@back@", ""));
            exchange(scene);

            assertThat(List.of(profiled(scene), profiled(scene)))
                    .containsExactly("<134>1 TAG - [end@17 ST=\"200\"] closed", "<142>1 haproxy - [own] txn_close");
        }
    }

    @OnEveryEngine
    void shouldDropLinesWhoseProfileSaysSo(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(PROFILED.replace("on any sd \"[any]\"", "on any drop")
                    + PROXIES.replace("@front@", " log-steps accept,connect,response,request")
                            .replace("@back@", ""));
            exchange(scene);
            exchange(scene);

            assertThat(profiled(scene)).isEqualTo("<134>1 TAG - [own] request GET");
            assertThat(profiled(scene)).isEqualTo("<134>1 TAG - [own] request GET");
        }
    }
}
