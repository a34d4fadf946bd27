package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

/** What the proxy answers itself in mode http: the statistics page and the exporter for Prometheus. */
@DisplayName("statistics page and metrics")
final class BehaviourServicesTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
                description this machine
            defaults base
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                stick-table type ip size 100 expire 1m store conn_cnt
                http-request use-service prometheus-exporter if { path /metrics }
                stats uri /stats
                stats refresh 5s
                default_backend be
            frontend secret
                bind 127.0.0.1:@secret@
                stats show-desc
                stats uri /stats
                stats auth ann:s3cret
                stats scope be
                stats hide-version
                stats admin if TRUE
            backend be
                description all of the servers
                server s1 127.0.0.1:@s1@
                server s2 127.0.0.1:@s2@ backup
            frontend told
                bind 127.0.0.1:@told@
                stats uri /stats
                stats http-request auth realm Only\\ friends if { path /stats/closed }
                stats http-request deny if { path /stats/never }
                stats show-node edge-1
                stats show-desc The <front> door
                stats show-legends
                stats refresh 9s
            """;
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        return scene.startWhole(CONFIGURATION);
    }

    private static HttpResponse<String> get(BehaviourScene scene, String port, String target, String... fields)
            throws Exception {
        var request = HttpRequest.newBuilder(uri(scene, port, target)).GET();
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return send(request);
    }

    private static URI uri(BehaviourScene scene, String port, String target) {
        return URI.create("http://127.0.0.1:" + scene.port(port) + target);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static Map<String, String> types(String page) {
        Map<String, String> types = new TreeMap<>();
        Matcher matcher = TYPE.matcher(page);
        while (matcher.find()) {
            types.put(matcher.group(1), matcher.group(2));
        }
        return types;
    }

    @OnEveryEngine
    void shouldExportMetricsUnderTheSameNames(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var answer = get(scene, "fe", "/metrics");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
            assertThat(types(answer.body()))
                    .containsEntry("haproxy_process_nbthread", "gauge")
                    .containsEntry("haproxy_frontend_sessions_total", "counter")
                    .containsEntry("haproxy_backend_status", "gauge")
                    .containsEntry("haproxy_server_http_responses_total", "counter")
                    .containsEntry("haproxy_sticktable_used", "gauge");
            assertThat(answer.body())
                    .contains("haproxy_frontend_status{proxy=\"fe\",state=\"UP\"} 1\n")
                    .contains("haproxy_server_status{proxy=\"be\",server=\"s1\",state=\"UP\"} 1\n")
                    .contains("haproxy_backend_active_servers{proxy=\"be\"} 1\n")
                    .contains("haproxy_server_backup{proxy=\"be\",server=\"s2\"} 1\n")
                    .contains("haproxy_server_limit_sessions{proxy=\"be\",server=\"s1\"} NaN\n")
                    .contains("haproxy_sticktable_size{name=\"fe\",type=\"ip\"} 100\n");
        }
    }

    @OnEveryEngine
    void shouldExportOnlyWhatIsAskedFor(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String servers = get(scene, "fe", "/metrics?scope=server").body();
            Set<String> families = new HashSet<>(types(servers).keySet());

            assertThat(families).isNotEmpty().allMatch(name -> name.matches("(haproxy|weir)_server_.*"));
            assertThat(get(scene, "fe", "/metrics?scope=nonsense").statusCode()).isEqualTo(400);
        }
    }

    @OnEveryEngine
    void shouldChooseWhatTheFiguresAreOf(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.ask("api", "disable server be/s2");

            assertThat(names(get(scene, "fe", "/stats;csv").body())).contains("be/s1", "be/s2", "fe/FRONTEND");
            assertThat(names(get(scene, "fe", "/stats;csv;up").body()))
                    .contains("be/s1")
                    .doesNotContain("be/s2");
            assertThat(names(get(scene, "fe", "/stats;csv;no-maint").body()))
                    .contains("be/s1")
                    .doesNotContain("be/s2");
            assertThat(names(get(scene, "fe", "/stats;csv;scope=be").body()))
                    .containsExactlyInAnyOrder("be/s1", "be/s2", "be/BACKEND");
            assertThat(get(scene, "fe", "/stats;typed").body()).startsWith("F.2.0.0.pxname.1:KNS:str:fe\n");
            assertThat(get(scene, "fe", "/stats;json-schema").body()).startsWith("{\"$schema\":");
        }
    }

    @OnEveryEngine
    void shouldTellAddressesOnlyWithLegends(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String address = "127.0.0.1:" + scene.port("s1");

            assertThat(get(scene, "fe", "/stats;csv").body())
                    .doesNotContain(address)
                    .doesNotContain("roundrobin");
            assertThat(get(scene, "fe", "/stats;json").body()).doesNotContain(address);
            assertThat(get(scene, "told", "/stats;csv").body())
                    .contains(address)
                    .contains("roundrobin");
        }
    }

    /** Proxies and rows of a CSV. */
    private static List<String> names(String csv) {
        return csv.lines()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(",")[0] + "/" + line.split(",")[1])
                .toList();
    }

    @OnEveryEngine
    void shouldServeThePageAndTheCsv(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var page = get(scene, "fe", "/stats");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
            assertThat(page.headers().firstValue("cache-control")).contains("no-cache");
            assertThat(page.body()).contains("Statistics Report").contains("s1").contains("s2");

            var csv = get(scene, "fe", "/stats;csv");
            assertThat(csv.body()).startsWith("# pxname,svname,").contains("\nbe,BACKEND,");
            String anotherPath = "GET /stat HTTP/1.1\r\nhost: x\r\n\r\n";
            scene.client("fe").send(anotherPath);
            scene.origin("s1").accept().expect(anotherPath);
        }
    }

    @OnEveryEngine
    void shouldAskForAnAccountAndShowOnlyItsScope(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var refused = get(scene, "secret", "/stats;csv");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("www-authenticate")).contains("Basic realm=\"HAProxy Statistics\"");

            var page = get(scene, "secret", "/stats;csv", "authorization", "Basic YW5uOnMzY3JldA==");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("\nbe,s1,").doesNotContain("\nfe,FRONTEND");
            assertThat(get(scene, "secret", "/stats;csv", "authorization", "Basic YW5uOndyb25n")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @OnEveryEngine
    void shouldTellNodeDescriptionAndLegends(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String told = get(scene, "told", "/stats").body();
            String description = engine.isWeir() ? "The &lt;front&gt; door" : "The <front> door";
            assertThat(told)
                    .contains("on edge-1")
                    .contains(description)
                    .as("a proxy's own")
                    .contains("all of the servers");
            assertThat(get(scene, "secret", "/stats", "authorization", "Basic YW5uOnMzY3JldA==")
                            .body())
                    .contains("this machine");
            assertThat(told).contains("127.0.0.1:" + scene.port("s1"));
            if (engine.isWeir()) { // HAProxy says it in a field of the response
                String still = get(scene, "told", "/stats;norefresh").body();
                assertThat(told).contains("http-equiv=\"refresh\" content=\"9\"");
                assertThat(still).doesNotContain("http-equiv=\"refresh\"");
            }

            String plain = get(scene, "fe", "/stats").body();
            assertThat(plain).doesNotContain("edge-1").doesNotContain("127.0.0.1:" + scene.port("s1"));
            var closed = get(scene, "told", "/stats/closed");
            assertThat(closed.statusCode()).isEqualTo(401);
            assertThat(closed.headers().firstValue("www-authenticate")).contains("Basic realm=\"Only friends\"");
            assertThat(get(scene, "told", "/stats/never").statusCode()).isEqualTo(403);
        }
    }

    /** Weir's page alone: what may run on it, and what its script looks for. */
    @OnEveryEngine
    void shouldKeepThePageToItselfAndFresh(BehaviourEngine engine) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(engine.isWeir(), "HAProxy's page is another");
        try (var scene = scene(engine)) {
            var page = get(scene, "fe", "/stats");

            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .startsWith("default-src 'none'; style-src 'sha256-")
                    .contains("form-action 'self'", "frame-ancestors 'none'");
            assertThat(page.body())
                    .contains("<body data-refresh=\"5\">")
                    .contains("data-key=\"fe/FRONTEND\"", "data-key=\"be/s1\"", "data-key=\"be/BACKEND\"")
                    .doesNotContain("type=\"checkbox\"", " style=\"", " onclick");
        }
    }

    /** Weir's page alone: a form without this process's token, or from elsewhere, changes nothing. */
    @OnEveryEngine
    void shouldLetAdminsChangeServersWithAFormOfThePageOnly(BehaviourEngine engine) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(engine.isWeir(), "HAProxy has no such token");
        try (var scene = scene(engine)) {
            String account = "Basic YW5uOnMzY3JldA==";
            String page =
                    get(scene, "secret", "/stats", "authorization", account).body();
            Matcher token =
                    Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"").matcher(page);
            assertThat(token.find()).isTrue();
            String form = "s=s1&action=maint&b=%23" + 4 + "&token=";

            var forged = HttpRequest.newBuilder(uri(scene, "secret", "/stats"))
                    .header("authorization", account)
                    .POST(HttpRequest.BodyPublishers.ofString(form + "0000"));
            assertThat(send(forged).headers().firstValue("location")).contains("/stats;st=DENY");
            var foreign = HttpRequest.newBuilder(uri(scene, "secret", "/stats"))
                    .header("authorization", account)
                    .header("origin", "http://evil.example")
                    .POST(HttpRequest.BodyPublishers.ofString(form + token.group(1)));
            assertThat(send(foreign).headers().firstValue("location")).contains("/stats;st=DENY");

            var honest = HttpRequest.newBuilder(uri(scene, "secret", "/stats"))
                    .header("authorization", account)
                    .POST(HttpRequest.BodyPublishers.ofString(form + token.group(1)));
            var answer = send(honest);
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("location")).contains("/stats;st=DONE");
            assertThat(get(scene, "fe", "/stats;csv").body()).containsPattern("\nbe,s1,.*,MAINT,");
        }
    }

    /** A rule says which requests are for the exporter; it does not look at their methods. */
    @OnEveryEngine
    void shouldExportWhateverTheMethod(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var request = HttpRequest.newBuilder(uri(scene, "fe", "/metrics?scope=global"));
            var answer = send(request.POST(HttpRequest.BodyPublishers.ofString("ignored")));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("haproxy_process_nbthread");
        }
    }

    private static String change(BehaviourScene scene, String options, String form) throws Exception {
        var request = HttpRequest.newBuilder(uri(scene, "secret", "/stats" + options))
                .header("authorization", "Basic YW5uOnMzY3JldA==")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(request).headers().firstValue("location").orElseThrow();
    }

    private static String state(BehaviourScene scene) throws Exception {
        String[] words = scene.ask("api", "show servers state be")
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow()
                .split(" ");
        return words[5] + " " + words[6];
    }

    /** Weir's page alone: HAProxy's form has other fields. */
    @OnEveryEngine
    void shouldDoWithFormsWhatCommandsDo(BehaviourEngine engine) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(engine.isWeir(), "HAProxy has no such token");
        try (var scene = scene(engine)) {
            String page = get(scene, "secret", "/stats;up;scope=b", "authorization", "Basic YW5uOnMzY3JldA==")
                    .body();
            assertThat(page)
                    .contains("action=\"/stats;up;scope=b\"", "href=\"/stats;scope=b\"", "/stats;csv;up;scope=b");
            Matcher token =
                    Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"").matcher(page);
            assertThat(token.find()).isTrue();
            String form = "token=" + token.group(1) + "&b=be&s=s1&action=";

            assertThat(change(scene, ";up;scope=b", form + "maint")).isEqualTo("/stats;st=DONE;up;scope=b");
            assertThat(state(scene)).isEqualTo("0 1");
            assertThat(change(scene, "", form + "drain")).isEqualTo("/stats;st=DONE");
            assertThat(state(scene)).isEqualTo("2 8");
            change(scene, "", form + "maint");
            assertThat(state(scene)).isEqualTo("0 1");
            change(scene, "", form + "ready");
            assertThat(state(scene)).isEqualTo("2 0");
            change(scene, "", form + "hnolb");
            assertThat(state(scene)).isEqualTo("3 0");
            change(scene, "", form + "hdown");
            assertThat(state(scene)).isEqualTo("0 0");
            change(scene, "", form + "hrunn");
            assertThat(state(scene)).isEqualTo("2 0");
            for (String unasked : List.of("dhlth", "ehlth", "dagent", "eagent", "adown", "arunn")) {
                assertThat(change(scene, "", form + unasked)).isEqualTo("/stats;st=DONE");
                assertThat(state(scene)).as(unasked).isEqualTo("2 0");
            }
            assertThat(change(scene, "", form + "nothing")).isEqualTo("/stats;st=ERRP");
            assertThat(change(scene, "", form + "maint&s=%zz")).isEqualTo("/stats;st=ERRP");
            assertThat(state(scene)).isEqualTo("2 0");
        }
    }
}
