package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

/** Which responses and refusals count as errors of a client and as failures of servers, in the entries that are tracked. */
@DisplayName("stick tables: http_err, http_fail and their status codes")
final class BehaviourStatusCodesTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                %s
            defaults base
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
                timeout tarpit 1ms
            frontend fe
                bind 127.0.0.1:@fe@
                stick-table type ip size 100 expire 1m store http_req_cnt,http_err_cnt,http_fail_cnt
                tcp-request inspect-delay 5s
                tcp-request content track-sc0 src
                http-request deny if { path /deny }
                http-request deny status 500 if { path /deny500 }
                http-request tarpit if { path /tarpit }
                http-request auth if { path /auth }
                http-request reject if { path /reject }
                http-request return status 404 if { path /return404 }
                http-request return status 503 if { path /return503 }
                use_backend none if { path /none }
                default_backend be
            backend be
                http-response deny if { res.hdr(x-denied) -m found }
                server s1 127.0.0.1:@s1@
            backend none
            """;

    private static BehaviourScene scene(BehaviourEngine engine, String global) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(CONFIGURATION.formatted(global));
    }

    private static void answer(BehaviourScene scene, String response) throws Exception {
        var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        scene.origin("s1").accept().answer(response).close();
        client.rest();
    }

    private static void answers(BehaviourScene scene, int... statuses) throws Exception {
        for (int status : statuses) {
            answer(scene, "HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }

    private static void ask(BehaviourScene scene, String... paths) throws Exception {
        for (String path : paths) {
            scene.client("fe")
                    .send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    /** Requests, errors and failures of the client. */
    private static String counted(BehaviourScene scene) throws Exception {
        StringBuilder text = new StringBuilder();
        var counts = Pattern.compile("http_\\w+=(\\d+)").matcher(scene.ask("api", "show table fe"));
        counts.results().forEach(count -> text.append(count.group(1)).append(' '));
        return text.toString().strip();
    }

    @OnEveryEngine
    void shouldCountServersStatuses(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            answers(scene, 200, 301, 400, 404, 499, 500, 501, 503, 505, 599);

            assertThat(counted(scene)).isEqualTo("10 3 3");
        }
    }

    @OnEveryEngine
    void shouldCountRefusalsAsErrorsWhateverTheirStatus(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "http-err-codes 200")) {
            ask(scene, "/deny", "/deny500", "/tarpit", "/auth");

            assertThat(counted(scene)).isEqualTo("4 4 0");
        }
    }

    @OnEveryEngine
    void shouldNotCountResponsesOfItsOwn(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            ask(scene, "/return404", "/return503", "/none", "/reject");
            answer(scene, "HTTP/1.1 200 OK\r\nx-denied: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

            assertThat(counted(scene)).isEqualTo("5 0 0");
        }
    }

    @OnEveryEngine
    void shouldCountWhatIsNoResponseAsFailure(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "http-fail-codes 200")) {
            answer(scene, "");
            answer(scene, "nonsense\r\n\r\n");

            assertThat(counted(scene)).isEqualTo("2 0 2");
        }
    }

    @OnEveryEngine
    void shouldTakeTheStatusesThatAreWanted(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "http-err-codes 300-399 +404,410 -301-302\n    http-fail-codes -502,504")) {
            answers(scene, 200, 300, 301, 302, 303, 400, 404, 410, 500, 502, 504);

            assertThat(counted(scene)).isEqualTo("11 4 1");
        }
    }

    @OnEveryEngine
    void shouldCountInterimResponses(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "http-err-codes 103")) {
            answer(
                    scene,
                    "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

            assertThat(counted(scene)).isEqualTo("1 1 0");
        }
    }

    /** An entry that is tracked when the response is here has missed its status. */
    @OnEveryEngine
    void shouldCountTheStatusForEntriesThatResponsesTrack(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION
                    .formatted("")
                    .replace("    tcp-request content track-sc0 src\n", "    http-response track-sc0 src\n"));

            answers(scene, 200, 404, 404, 503);

            assertThat(counted(scene)).isEqualTo("4 2 1");
        }
    }
}
