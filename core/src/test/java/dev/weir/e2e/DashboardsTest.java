package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards ask for metrics by name, and are silent about one that is not there. */
class DashboardsTest {
    private static final Path DASHBOARDS = Weir.ROOT.resolve("examples/grafana/dashboards");
    private static final Pattern METRIC = Pattern.compile("\\b(haproxy|weir)_[a-z0-9_]+");
    private static final Pattern EXPRESSION = Pattern.compile("\"(?:expr|query)\": \"(.*)\"");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) ");

    private static final String CONFIGURATION = """
            defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
            frontend web
                bind 127.0.0.1:%d
                http-request use-service prometheus-exporter if { path /metrics }
                default_backend app
            backend app
                server s1 127.0.0.1:1 check
            """;

    /** What the dashboards of Grafana's jsonnet-libs, haproxy-mixin, ask for: the object, and its metrics. */
    private static final List<String> HAPROXY_MIXIN = List.of(
            "process: start_time_seconds current_connections pool_allocated_bytes pool_used_bytes pool_failures_total"
                    + " nbthread nbproc max_connections max_fds max_memory_bytes max_sockets max_pipes"
                    + " limit_connection_rate limit_session_rate limit_ssl_rate",
            "frontend: status request_errors_total http_requests_total connections_total internal_errors_total"
                    + " bytes_in_total bytes_out_total http_cache_lookups_total http_cache_hits_total",
            "backend: status bytes_in_total bytes_out_total http_requests_total max_queue_time_seconds"
                    + " max_connect_time_seconds max_response_time_seconds max_total_time_seconds"
                    + " queue_time_average_seconds connect_time_average_seconds response_time_average_seconds"
                    + " total_time_average_seconds connection_attempts_total response_errors_total"
                    + " connection_errors_total internal_errors_total",
            "server: status http_responses_total max_queue_time_seconds max_connect_time_seconds"
                    + " max_response_time_seconds max_total_time_seconds queue_time_average_seconds"
                    + " connect_time_average_seconds response_time_average_seconds total_time_average_seconds"
                    + " connection_attempts_total response_errors_total connection_errors_total internal_errors_total"
                    + " bytes_in_total bytes_out_total");

    @TempDir
    Path folder;

    @Test
    void shouldExportEachMetricThatADashboardAsksFor() throws Exception {
        int port = Peers.freePort();
        Configurations.file(folder, CONFIGURATION.formatted(port));
        Set<String> asked = asked();
        assertThat(asked).hasSizeGreaterThan(30);

        try (var weir = Weir.start(folder, "-db", "-f", "haproxy.cfg").listensOn(port)) {
            // What a check found is exported once there has been one.
            Patience.await()
                    .untilAsserted(() -> assertThat(exported(port))
                            .as(weir::toString)
                            .containsAll(asked)
                            .containsAll(mixin()));
        }
    }

    /** Without the endings that a histogram's series have beside its name. */
    private static Set<String> asked() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            List<Path> dashboards = files.toList();
            assertThat(dashboards).hasSize(2);
            Set<String> names = new TreeSet<>();
            for (Path dashboard : dashboards) {
                EXPRESSION
                        .matcher(Files.readString(dashboard))
                        .results()
                        .flatMap(expression ->
                                METRIC.matcher(expression.group(1)).results())
                        .map(MatchResult::group)
                        .map(name -> name.replaceFirst("_(bucket|sum|count)$", ""))
                        .forEach(names::add);
            }
            return names;
        }
    }

    private static Set<String> mixin() {
        return HAPROXY_MIXIN.stream()
                .map(line -> line.split(": "))
                .flatMap(line -> Stream.of(line[1].split(" ")).map(metric -> "haproxy_" + line[0] + "_" + metric))
                .collect(Collectors.toSet());
    }

    private static Set<String> exported(int port) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
        try (InputStream in = address.toURL().openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return TYPE.matcher(text).results().map(type -> type.group(1)).collect(Collectors.toSet());
        }
    }
}
