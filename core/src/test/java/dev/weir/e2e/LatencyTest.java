package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Durations as operators see them: the runtime API, the columns of the statistics, Prometheus. Weir's own. */
@DisplayName("latencies")
final class LatencyTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
            defaults base
                log global
                log-format "%ft %b/%s"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend web
                mode http
                bind 127.0.0.1:@web@
                http-request deny if { path /denied }
                http-request use-service prometheus-exporter if { path /metrics }
                default_backend app
            backend app
                mode http
                server s1 127.0.0.1:@s1@
                server s2 127.0.0.1:@s2@ backup
            listen raw
                mode tcp
                bind 127.0.0.1:@raw@
                server s1 127.0.0.1:@s1@
            """;
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";

    private static BehaviourScene scene() throws Exception {
        var scene = new BehaviourScene(BehaviourEngine.WEIR);
        scene.origin("s1");
        scene.origin("s2");
        return scene.startWhole(CONFIGURATION);
    }

    /** Two requests on one connection. */
    private static void requests(BehaviourScene scene) throws Exception {
        try (var client = scene.client("web").send(GET);
                var server = scene.origin("s1").accept().expect(GET).send(OK)) {
            client.expect(OK).send(GET);
            server.expect(GET).send(OK);
            client.expect(OK);
            assertThat(scene.log()).isEqualTo("web app/s1");
            assertThat(scene.log()).isEqualTo("web app/s1");
        }
    }

    private static void session(BehaviourScene scene) throws Exception {
        var client = scene.client("raw").send("hello");
        scene.origin("s1").accept().expect("hello").send("ok").close();
        assertThat(client.rest()).isEqualTo("ok<FIN>");
        client.close();
        assertThat(scene.log()).isEqualTo("raw raw/s1");
    }

    /** Phase and count of each line of one thing. */
    private static List<String> phases(String answer, String name) {
        return answer.lines()
                .map(line -> line.split(" +"))
                .filter(words -> words[0].equals(name))
                .map(words -> words[1] + " " + words[2])
                .toList();
    }

    @Test
    void shouldShowEachPhaseOfFrontendBackendAndServer() throws Exception {
        try (var scene = scene()) {
            requests(scene);
            session(scene);
            try (var denied = scene.client("web").send(GET.replace("/a", "/denied"))) {
                assertThat(denied.readHead()).startsWith("HTTP/1.1 403");
                scene.log();
            }

            String all = scene.ask("api", "show latency");

            assertThat(all.lines().findFirst().orElse(""))
                    .matches("# proxy/server +phase +count +mean +p50 +p90 +p95 +p99 +p99.9 +max ms");
            List<String> twice = List.of("queue 2", "connect 2", "response 2", "total 2");
            assertThat(phases(all, "app/s1")).isEqualTo(twice);
            assertThat(phases(all, "app/BACKEND")).isEqualTo(twice);
            assertThat(phases(all, "app/s2")).containsExactly("- 0");
            assertThat(phases(all, "web/FRONTEND"))
                    .as("what was denied took its time, too")
                    .containsExactly("queue 2", "connect 2", "response 2", "total 3");
            List<String> once = List.of("queue 1", "connect 1", "total 1");
            assertThat(phases(all, "raw/FRONTEND")).isEqualTo(once);
            assertThat(phases(all, "raw/BACKEND")).isEqualTo(once);
            assertThat(phases(all, "raw/s1")).isEqualTo(once);

            assertThat(scene.ask("api", "show latency app/s1").lines().filter(line -> !line.startsWith("#")))
                    .allMatch(line -> line.startsWith("app/s1 ") || line.isEmpty());
            assertThat(phases(scene.ask("api", "show latency app"), "app/s1")).isEqualTo(twice);
        }
    }

    @Test
    void shouldAnswerMistakesAndForgetWhatIsCleared() throws Exception {
        try (var scene = scene()) {
            requests(scene);

            assertThat(scene.ask("api", "show latency nope")).isEqualTo("No such proxy.\n\n");
            assertThat(scene.ask("api", "show latency app/nope")).isEqualTo("No such server.\n\n");
            assertThat(scene.ask("api", "show latency app fast")).startsWith("Invalid argument 'fast'");
            scene.ask("api", "clear counters all");
            assertThat(phases(scene.ask("api", "show latency"), "app/s1")).containsExactly("- 0");
        }
    }

    @Test
    void shouldShowMicrosecondsAndCellsAsJson() throws Exception {
        try (var scene = scene()) {
            requests(scene);

            String json = scene.ask("api", "show latency app/s1 json");

            assertThat(json)
                    .matches("\\[\\{\"proxy\":\"app\",\"name\":\"s1\",\"type\":\"server\",\"phases\":\\{"
                            + "\"queue\":\\{.*},\"connect\":\\{.*},\"response\":\\{.*},\"total\":\\{\"count\":2,"
                            + "\"mean_us\":\\d+,\"p50_us\":\\d+,\"p90_us\":\\d+,\"p95_us\":\\d+,\"p99_us\":\\d+,"
                            + "\"p99.9_us\":\\d+,\"max_us\":\\d+,\"cells\":\\[\\[\\d+,[12]](,\\[\\d+,1])?]}}}]\n\n");
        }
    }

    @Test
    void shouldExportHistogramsWithCumulativeBuckets() throws Exception {
        try (var scene = scene()) {
            requests(scene);

            String page = get(scene, "/metrics?scope=server&metrics=weir_server_latency_seconds");

            String labels = "\\{proxy=\"app\",server=\"s1\",phase=\"total\"";
            assertThat(page)
                    .contains("# TYPE weir_server_latency_seconds histogram\n")
                    .doesNotContain("haproxy_");
            Matcher buckets = Pattern.compile(
                            "weir_server_latency_seconds_bucket" + labels + ",le=\"([^\"]+)\"} (\\d+)")
                    .matcher(page);
            double limit = 0;
            long count = 0;
            int bucketCount = 0;
            while (buckets.find()) {
                double next = buckets.group(1).equals("+Inf") ? Double.MAX_VALUE : Double.parseDouble(buckets.group(1));
                assertThat(next).isGreaterThan(limit);
                assertThat(Long.parseLong(buckets.group(2))).isBetween(count, 2L);
                limit = next;
                count = Long.parseLong(buckets.group(2));
                bucketCount++;
            }
            assertThat(bucketCount).isEqualTo(22);
            assertThat(count).isEqualTo(2);
            assertThat(page)
                    .containsPattern("weir_server_latency_seconds_count" + labels + "} 2\n")
                    .containsPattern("weir_server_latency_seconds_sum" + labels + "} 0\\.\\d+\n");
        }
    }

    private static String get(BehaviourScene scene, String target) throws Exception {
        try (var client = scene.client("web")) {
            client.send("GET " + target + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
            return client.rest();
        }
    }
}
