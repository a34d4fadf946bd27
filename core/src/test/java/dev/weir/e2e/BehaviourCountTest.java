package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

/** What counters and tracked entries say of requests, above all of those that are none. */
@DisplayName("HTTP: what is counted")
final class BehaviourCountTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
                stats socket @folder@/api mode 600 level admin
            defaults base
                mode http
                log global
                log-format "%ST %ts"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
                timeout http-request 500ms
            frontend fe
                bind 127.0.0.1:@fe@
                stick-table type ip size 100 expire 1m store http_req_cnt,http_err_cnt,http_fail_cnt
                tcp-request connection track-sc0 src
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;
    private static final String GET = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final List<String> COLUMNS = List.of("ereq", "hrsp_4xx", "req_tot");

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(CONFIGURATION);
    }

    /** Faulty requests, responses 4xx and requests of the frontend; then requests, errors and failures of the client. */
    private static String counted(BehaviourScene scene) throws Exception {
        Map<String, String> row = new BehaviourApi(scene).row("fe", "FRONTEND");
        StringBuilder text = new StringBuilder();
        COLUMNS.forEach(name -> text.append(row.get(name)).append(' '));
        var counts = Pattern.compile("http_\\w+=(\\d+)").matcher(scene.ask("api", "show table fe"));
        counts.results().forEach(count -> text.append(count.group(1)).append(' '));
        return text.toString().strip();
    }

    @OnEveryEngine
    void shouldCountWhatIsNoRequest(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.client("fe").send("GET\r\n\r\n").rest();

            assertThat(scene.log()).isEqualTo("400 PR");
            assertThat(counted(scene)).isEqualTo("1 1 1 1 1 0");
        }
    }

    @OnEveryEngine
    void shouldCountARequestThatDoesNotComeInTime(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.client("fe").send("GET / HTTP/1.1\r\n").rest();

            assertThat(scene.log()).isEqualTo("408 cR");
            assertThat(counted(scene)).isEqualTo("1 1 1 1 0 0");
        }
    }

    @OnEveryEngine
    void shouldCountARequestThatIsCutShort(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.client("fe").send("GET / HTTP/1.1\r\n").halfClose().rest();

            assertThat(scene.log()).isEqualTo("400 CR");
            assertThat(counted(scene)).isEqualTo("1 1 1 1 1 0");
        }
    }

    @OnEveryEngine
    void shouldCountAConnectionThatAsksForNothing(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.client("fe").halfClose().rest();

            assertThat(scene.log()).isEqualTo("400 CR");
            assertThat(counted(scene)).isEqualTo("1 1 1 1 1 0");
        }
    }

    /** Nothing came that would end its idle time: all of it is the request's. */
    @OnEveryEngine
    void shouldSayHowLongAConnectionWasSilent(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION.replace("%ST %ts", "%ST %ts %Ti %Ta"));
            scene.client("fe").rest();

            assertThat(scene.log()).matches("408 cR 0 [1-9]\\d\\d+");
        }
    }

    // ---- what servers say ----

    private static BehaviourScene sceneWith(BehaviourEngine engine, String... lines) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(
                CONFIGURATION.replace("\nbackend be\n", "\nbackend be\n    " + String.join("\n    ", lines) + "\n"));
    }

    /** Responses 1xx, all responses and faulty ones of the server. */
    private static String ofServer(BehaviourScene scene) throws Exception {
        Map<String, String> row = new BehaviourApi(scene).row("be", "s1");
        return row.get("hrsp_1xx") + " " + row.get("req_tot") + " " + row.get("eresp");
    }

    @OnEveryEngine
    void shouldCountASwitchThatNobodyAskedFor(BehaviourEngine engine) throws Exception {
        String upgrade = "connection: upgrade\r\nupgrade: other\r\n";
        for (String[] fields : new String[][] {{"", ""}, {"", upgrade}, {upgrade, ""}}) {
            try (var scene = sceneWith(engine)) {
                String request = "GET / HTTP/1.1\r\nhost: x\r\n" + fields[0] + "\r\n";
                var client = scene.client("fe").send(request);
                scene.origin("s1").accept().expect(request).send("HTTP/1.1 101 Switching\r\n" + fields[1] + "\r\n");

                client.expect("HTTP/1.1 502 Bad Gateway\r\n");
                assertThat(scene.log()).isEqualTo("502 PH");
                assertThat(ofServer(scene)).isEqualTo("1 1 1");
            }
        }
    }

    @OnEveryEngine
    void shouldCountEachOfSeveralSwitchesButOneFailure(BehaviourEngine engine) throws Exception {
        try (var scene = sceneWith(engine, "retries 1", "retry-on junk-response")) {
            var client = scene.client("fe").send(GET);
            for (int attempt = 0; attempt < 2; attempt++) {
                scene.origin("s1").accept().expect(GET).send("HTTP/1.1 101 Switching\r\n\r\n");
            }

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertThat(scene.log()).isEqualTo("502 PH");
            assertThat(ofServer(scene)).isEqualTo("2 2 1");
        }
    }

    @OnEveryEngine
    void shouldCountOneFailureOfAServerThatIsLateTwice(BehaviourEngine engine) throws Exception {
        try (var scene = sceneWith(engine, "retries 1", "retry-on response-timeout", "timeout server 100ms")) {
            var client = scene.client("fe").send(GET);
            for (int attempt = 0; attempt < 2; attempt++) {
                scene.origin("s1").accept().expect(GET);
            }

            client.expect("HTTP/1.1 504 Gateway Time-out\r\n");
            assertThat(scene.log()).isEqualTo("504 sH");
            assertThat(ofServer(scene)).isEqualTo("0 0 1");
        }
    }

    // ---- what rules do ----

    /** These columns of the frontend, the backend and the server. */
    private static List<String> everywhere(BehaviourScene scene, String... columns) throws Exception {
        var api = new BehaviourApi(scene);
        var rows = List.of(api.row("fe", "FRONTEND"), api.row("be", "BACKEND"), api.row("be", "s1"));
        return rows.stream()
                .map(row ->
                        String.join(" ", List.of(columns).stream().map(row::get).toList()))
                .toList();
    }

    /** One request whose response is 200 and has three bytes. */
    private static void serve(BehaviourScene scene) throws Exception {
        scene.client("fe").send(GET);
        scene.origin("s1").accept().answer("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc");
        scene.log();
    }

    /** Ten headers of that message that are more than a buffer holds: two of them have no room. */
    private static String tooMuch(String ruleSet) {
        var lines = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            lines.append("    ")
                    .append(ruleSet)
                    .append(" set-header a")
                    .append(i)
                    .append(' ');
            lines.append("x".repeat(2000)).append('\n');
        }
        return lines.toString().strip();
    }

    @OnEveryEngine
    void shouldCountARewriteThatEndsTheRequest(BehaviourEngine engine) throws Exception {
        try (var scene = sceneWith(engine, tooMuch("http-request"))) {
            scene.client("fe").send(GET).expect("HTTP/1.1 500 Internal Server Error\r\n");
            scene.log();

            assertThat(everywhere(scene, "wrew", "eint")).containsExactly("1 1", "1 1", "0 0");
        }
    }

    @OnEveryEngine
    void shouldCountRewritesThatMayFail(BehaviourEngine engine) throws Exception {
        try (var scene = sceneWith(engine, "http-response strict-mode off", tooMuch("http-response"))) {
            serve(scene);

            assertThat(everywhere(scene, "wrew", "eint")).containsExactly("2 0", "2 0", "2 0");
        }
    }

    @OnEveryEngine
    void shouldCountWhatTheFrontendAnswersButNotTheBackend(BehaviourEngine engine) throws Exception {
        try (var scene = sceneWith(engine, "http-request return status 200")) {
            scene.client("fe").send(GET).expect("HTTP/1.1 200 OK\r\n");
            scene.log();

            assertThat(everywhere(scene, "intercepted")).first().isEqualTo("0");
        }
    }

    @OnEveryEngine
    void shouldCountAResponseThatDisappearsAsARequestThatIsDenied(BehaviourEngine engine) throws Exception {
        try (var scene = sceneWith(engine, "http-response silent-drop")) {
            serve(scene);

            assertThat(everywhere(scene, "dreq", "dresp", "hrsp_2xx")).containsExactly("1 0 1", "1 0 1", " 0 1");
        }
    }
}
