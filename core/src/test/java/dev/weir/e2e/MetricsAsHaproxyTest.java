package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus scrapes, from Weir and from HAProxy under the same configuration: dashboards must not see a difference. */
@DisplayName("metrics as HAProxy's own exporter has them")
final class MetricsAsHaproxyTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                node n1
                description The "first" machine
                log 127.0.0.1:@log@ local0
            defaults base
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend web
                description The "public" door
                option socket-stats
                bind 127.0.0.1:@web@ name front
                stick-table type ip size 100 expire 1m store conn_cnt
                http-request use-service prometheus-exporter if { path /metrics }
                default_backend api
            backend api
                description what applications ask
                balance leastconn
                server a1 127.0.0.1:@s1@ check inter 1h maxconn 100 cookie a
                server a2 127.0.0.1:@s1@ backup
                server a3 127.0.0.1:@s1@ disabled
            backend nobody
            listen raw
                mode tcp
                bind 127.0.0.1:@raw@
                server r1 127.0.0.1:@s1@
            resolvers names
                nameserver n1 127.0.0.1:53
            """;
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    /** What a version is called differs. */
    private static final Predicate<String> IS_COMPARED =
            line -> !line.startsWith("haproxy_process_build_info") && !line.startsWith("weir_");

    /** One proxy's answers. */
    private record Exporter(BehaviourScene scene) implements AutoCloseable {
        static Exporter of(BehaviourEngine engine) throws Exception {
            var scene = new BehaviourScene(engine);
            scene.origin("s1");
            return new Exporter(scene.startWhole(CONFIGURATION));
        }

        HttpResponse<String> scrape(String query, String... fields) throws Exception {
            URI uri = URI.create("http://127.0.0.1:" + scene.port("web") + "/metrics" + query);
            var request = HttpRequest.newBuilder(uri).GET();
            if (fields.length > 0) {
                request.headers(fields);
            }
            try (var client = HttpClient.newHttpClient()) {
                return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            }
        }

        @Override
        public void close() throws IOException {
            scene.close();
        }
    }

    private static Map<String, String> types(String page) {
        Map<String, String> types = new TreeMap<>();
        Matcher matcher = TYPE.matcher(page);
        while (matcher.find()) {
            if (IS_COMPARED.test(matcher.group(1))) {
                types.put(matcher.group(1), matcher.group(2));
            }
        }
        return types;
    }

    /** Names with their labels. */
    private static Set<String> series(String page) {
        return page.lines()
                .filter(line -> !line.startsWith("#") && IS_COMPARED.test(line))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?scope=global",
                "?scope=frontend&scope=server",
                "?scope=backend",
                "?scope=sticktable",
                "?scope=*",
                "?no-maint",
                "?desc-labels",
                "?scope=server&scope=frontend&desc-labels",
                "?scope=listener",
                "?scope=listener&desc-labels",
                "?scope=",
                "?scope=server&scope=",
                "?scope=&scope=frontend",
                "?unknown&scope=listener&other=1",
                "?scope=server&no-maint",
                "?metrics=haproxy_server_weight,haproxy_backend_status",
                "?scope=backend&metrics=-haproxy_backend_status",
                "?metrics=-haproxy_process_nbthread,-haproxy_process_node"
            })
    void shouldHaveTheSameNamesTypesAndLabels(String query) throws Exception {
        try (Exporter haproxy = Exporter.of(BehaviourEngine.HAPROXY);
                Exporter weir = Exporter.of(BehaviourEngine.WEIR)) {
            String expected = haproxy.scrape(query).body();

            String page = weir.scrape(query).body();

            assertThat(types(page)).isEqualTo(types(expected));
            assertThat(series(page)).isEqualTo(series(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?unknown", "?scope=nothing", "?scope=frontend&scope=nothing", "?scope", "?metrics", "?&&"})
    void shouldAnswerFaultyQueriesWithTheSameStatus(String query) throws Exception {
        try (Exporter haproxy = Exporter.of(BehaviourEngine.HAPROXY);
                Exporter weir = Exporter.of(BehaviourEngine.WEIR)) {
            assertThat(weir.scrape(query).statusCode())
                    .isEqualTo(haproxy.scrape(query).statusCode());
        }
    }

    @Test
    void shouldWriteOpenMetricsWhenAskedTo() throws Exception {
        try (Exporter weir = Exporter.of(BehaviourEngine.WEIR)) {
            var answer = weir.scrape("", "accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

            assertThat(answer.headers().firstValue("content-type"))
                    .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
            String family = "";
            String type = "";
            for (String line : answer.body().lines().toList()) {
                if (line.startsWith("# TYPE ")) {
                    family = line.split(" ")[2];
                    type = line.split(" ")[3];
                    assertThat(family).doesNotEndWith("_total");
                } else if (!line.startsWith("#")) {
                    assertThat(line).startsWith(family).doesNotContain(type.equals("counter") ? "NaN" : "\t");
                    assertThat(line).matches("[a-z_]+(\\{[^}]+})? \\S+");
                    assertThat(type.equals("counter") && !line.startsWith(family + "_total"))
                            .as(line)
                            .isFalse();
                }
            }
            assertThat(answer.body()).endsWith("\n# EOF\n");
        }
    }
}
