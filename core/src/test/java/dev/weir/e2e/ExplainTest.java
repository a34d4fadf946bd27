package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explain} says of a request, and that a running proxy is left as it was. */
@DisplayName("explain")
final class ExplainTest {
    private static final String RULES = """
                acl is_api path_beg /api/ /v2/
                acl internal src 10.0.0.0/8
                acl internal src 192.168.0.0/16
                stick-table type ip size 100 expire 1m store conn_cnt,http_req_cnt,gpc0
                http-request track-sc0 src
                http-request sc-inc-gpc0(0) if { path /count }
                http-request set-var(proc.last) path
                http-request deny deny_status 429 if { sc_http_req_cnt(0) gt 3 }
                http-request deny if { path /admin } !internal
                http-request redirect location https://example.com/ code 302 if { path /old }
                use_backend api if is_api METH_GET
            """;
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
            defaults base
                mode http
                log global
                log-format "%ft %b/%s"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend web
                bind 127.0.0.1:@web@
            """ + RULES + """
                default_backend app
            backend app
                balance roundrobin
                cookie SRV insert indirect
                server s1 127.0.0.1:@s1@ cookie one weight 3
                server s2 127.0.0.1:@s2@ cookie two
            backend api
                balance roundrobin
                server a1 127.0.0.1:@s1@ disabled
                server a2 127.0.0.1:@s2@ backup
            """;

    @TempDir
    Path folder;

    private static BehaviourScene scene() throws Exception {
        var scene = new BehaviourScene(BehaviourEngine.WEIR);
        scene.origin("s1");
        scene.origin("s2");
        return scene.startWhole(CONFIGURATION);
    }

    private static String explain(BehaviourScene scene, String request) throws Exception {
        return scene.ask("api", "explain " + request);
    }

    @Test
    void shouldSayWhichRulesMatchedAndWhichAclDecided() throws Exception {
        try (var scene = scene()) {
            String denied = explain(scene, "GET /admin --src 172.16.0.1");
            assertThat(denied)
                    .contains("yes  http-request deny if { path /admin } !internal")
                    .contains("yes  { path /admin }   <- \"/admin\"")
                    .contains("yes  !internal\n")
                    .contains("no   src 10.0.0.0/8   <- \"172.16.0.1\"")
                    .contains("no   src 192.168.0.0/16   <- \"172.16.0.1\"")
                    .contains("=> an answer of the proxy, status 403: denied by a rule (")
                    .doesNotContain("use_backend");

            assertThat(explain(scene, "GET / --src 2001:db8::7")).contains("\nfrom 2001:db8::7 to ");
            assertThat(explain(scene, "GET /admin --src 192.168.1.1"))
                    .contains("no   !internal")
                    .contains("=> server app/s1: balance roundrobin: its turn\n");
            assertThat(explain(scene, "GET /old")).contains("status 302 to https://example.com/: redirected by a rule");
            assertThat(explain(scene, "POST /api/x"))
                    .contains("no   use_backend api if is_api METH_GET")
                    .contains("yes  is_api: path_beg /api/ /v2/   <- \"/api/x\"")
                    .contains("no   METH_GET: method GET HEAD   <- \"POST\"");
        }
    }

    @Test
    void shouldSayWhichServersCameIntoQuestionAndWhyOneWasChosen() throws Exception {
        try (var scene = scene()) {
            assertThat(explain(scene, "GET /v2/x"))
                    .containsPattern("no   a1  127.0.0.1:\\d+  MAINT .*<- in maintenance\n")
                    .containsPattern("yes  a2  127.0.0.1:\\d+  no check ")
                    .contains("=> server api/a2: balance roundrobin: its turn\n");
            assertThat(explain(scene, "GET / -H cookie:SRV=two"))
                    .contains("=> server app/s2: its cookie names the server\n");

            scene.ask("api", "disable server api/a2");
            assertThat(explain(scene, "GET /api/x")).contains("=> no server of api, status 503: no server is usable\n");
        }
    }

    /** What was foreseen comes true, however often it was asked before. */
    @Test
    void shouldForeseeTheServerOfTheNextRequest() throws Exception {
        try (var scene = scene()) {
            List<String> foreseen = new ArrayList<>();
            List<String> met = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                explain(scene, "GET /");
                String said = explain(scene, "GET /");
                foreseen.add(said.substring(said.indexOf("=> server ") + 10, said.indexOf(": balance")));
                try (var client = scene.client("web").send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")) {
                    var origin = scene.origin(foreseen.getLast().endsWith("s1") ? "s1" : "s2");
                    origin.accept().answer("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                    assertThat(client.readHead()).startsWith("HTTP/1.1 200");
                    met.add(scene.log().substring("web ".length()));
                }
            }
            assertThat(met).isEqualTo(foreseen);
        }
    }

    @Test
    void shouldChangeNothing() throws Exception {
        try (var scene = scene()) {
            String tables = scene.ask("api", "show table web");
            String figures = scene.ask("api", "show stat json");

            for (int i = 0; i < 10; i++) {
                assertThat(explain(scene, "GET /count --src 127.0.0.9")).contains("=> server app/");
                assertThat(explain(scene, "GET /admin --src 172.16.0.1")).contains("status 403");
            }

            assertThat(scene.ask("api", "show table web")).isEqualTo(tables);
            assertThat(withoutAges(scene.ask("api", "show stat json"))).isEqualTo(withoutAges(figures));
        }
    }

    /** Rates and ages go on by themselves. */
    private static String withoutAges(String json) {
        return json.replaceAll("(\"name\":\"(lastchg|lastsess|downtime)\".*?\"value\":)\\{[^}]*}", "$1");
    }

    /** What the table knows is seen, and the request counts as it would. */
    @Test
    void shouldSeeTheTablesAsTheyAre() throws Exception {
        try (var scene = scene()) {
            scene.ask("api", "set table web key 127.0.0.7 data.http_req_cnt 3");

            assertThat(explain(scene, "GET / --src 127.0.0.7"))
                    .contains("yes  { sc_http_req_cnt(0) gt 3 }   <- \"4\"")
                    .contains("status 429");
            assertThat(explain(scene, "GET / --src 127.0.0.8")).contains("no   { sc_http_req_cnt(0) gt 3 }   <- \"1\"");
        }
    }

    /** A list as it is now, not as its file was; and a rule that changes one changes a copy. */
    @Test
    void shouldSeeListsAsTheyAreAndLeaveThemSo() throws Exception {
        try (var scene = new BehaviourScene(BehaviourEngine.WEIR)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.startWhole(CONFIGURATION.replace("    default_backend app", """
                                http-request add-acl(virt@seen) %[src] if { path /learn }
                                http-request deny deny_status 410 if { src -f virt@seen }
                                default_backend app"""));
            scene.ask("api", "add acl virt@seen 127.0.0.5");

            assertThat(explain(scene, "GET / --src 127.0.0.5")).contains("status 410");
            assertThat(explain(scene, "GET /learn --src 127.0.0.6")).contains("status 410");
            assertThat(explain(scene, "GET / --src 127.0.0.6")).contains("=> server app/");
            assertThat(scene.ask("api", "show acl virt@seen"))
                    .contains("127.0.0.5")
                    .doesNotContain("127.0.0.6");
        }
    }

    /** By a rule, or because the backend is in {@code mode http}; rules of the frontend are called the frontend's either way. */
    @Test
    void shouldFollowAConnectionThatBecomesHttp() throws Exception {
        try (var scene = new BehaviourScene(BehaviourEngine.WEIR)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION.substring(0, CONFIGURATION.indexOf("frontend")) + """
                    frontend rule
                        mode tcp
                        bind 127.0.0.1:@rule@
                        tcp-request inspect-delay 1s
                        tcp-request content switch-mode http if { path_beg /web }
                        http-request deny if { path /web/no }
                        use_backend app if { req.proto_http }
                        default_backend raw
                    frontend place
                        mode tcp
                        bind 127.0.0.1:@place@
                        tcp-request inspect-delay 1s
                        tcp-request content accept if { path -m found }
                        http-request deny if { path /app/no }
                        use_backend app if { path_beg /app }
                        default_backend raw
                    backend raw
                        mode tcp
                        server s1 127.0.0.1:@s1@
                    backend app
                        mode http
                        server s1 127.0.0.1:@s1@
                    """);

            assertThat(explain(scene, "GET /web/a --frontend rule"))
                    .contains("note: the connection becomes HTTP: a rule switches its mode")
                    .contains("=> server app/s1");
            assertThat(explain(scene, "GET /web/no --frontend rule"))
                    .contains("frontend rule: http-request\n  yes  http-request deny")
                    .contains("status 403");
            assertThat(explain(scene, "GET /app/no --frontend place"))
                    .contains("frontend place: use_backend\n  yes  use_backend app if { path_beg /app }")
                    .contains("note: the connection becomes HTTP: its backend is in mode http")
                    .contains("frontend place: http-request\n  yes  http-request deny")
                    .contains("status 403");
            assertThat(explain(scene, "GET /else --frontend place"))
                    .contains("no   { path_beg /app }   <- \"/else\"")
                    .contains("=> server raw/s1");
        }
    }

    @Test
    void shouldAnswerProgramsInJsonAndMistakesInWords() throws Exception {
        try (var scene = scene()) {
            assertThat(explain(scene, "GET /old --json"))
                    .startsWith(
                            "{\"request\":\"GET http://localhost/old\",\"source\":\"127.0.0.1\",\"frontend\":\"web\"")
                    .contains("\"verdict\":\"pass\",\"terms\":[{\"alternative\":0,\"term\":\"{ path /old }\","
                            + "\"verdict\":\"pass\",\"tests\":[{\"test\":\"path /old\",\"passes\":true,"
                            + "\"values\":[\"/old\"]}]}]")
                    .contains("\"outcome\":{\"end\":\"reply\",\"status\":302,\"location\":\"https://example.com/\"");
            assertThat(explain(scene, "")).startsWith("Invalid request: expected a request: ");
            assertThat(explain(scene, "GET ftp://x/")).startsWith("Invalid request: 'ftp://x/' is no URL");
            assertThat(explain(scene, "G(T /")).isEqualTo("Invalid request: 'G(T' is no method\n\n");
            assertThat(explain(scene, "GET / -H nonsense"))
                    .startsWith("Invalid request: 'nonsense' is no header field");
            assertThat(explain(scene, "GET / --src here"))
                    .startsWith("Invalid request: option --src expects an IP address");
            assertThat(explain(scene, "GET / --frontend app"))
                    .startsWith("Invalid request: no frontend 'app' that listens: there is web");
            assertThat(explain(scene, "GET http://x:0z/")).startsWith("Invalid request: '0z' is no port");
            assertThat(explain(scene, "GET / -H host:a -H host:b"))
                    .contains(
                            "=> an answer of the proxy, status 400: the request is refused: two Host fields that differ");
        }
    }

    // ---- without a running proxy ----

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("web.cfg"), text);
    }

    @Test
    void shouldExplainAConfigurationThatDoesNotRun() throws Exception {
        Path file = file("""
                frontend web
                    mode http
                    bind *:80
                    bind *:8080
                    timeout client 1s
                """ + RULES + """
                    default_backend app
                listen raw
                    mode tcp
                    bind *:9000
                    timeout client 1s
                    timeout server 1s
                    timeout connect 1s
                    tcp-request connection reject if { src 10.0.0.0/8 }
                    server t1 192.0.2.9:1
                backend app
                    mode http
                    timeout server 1s
                    timeout connect 1s
                    balance source
                    server s1 192.0.2.1:80
                backend api
                    mode http
                    timeout server 1s
                    timeout connect 1s
                """);

        try (Weir weir = Weir.start(folder, "explain", "-f", file.toString(), "GET http://www.example.com/x")) {
            assertThat(weir.exitStatus()).as(weir::errors).isZero();
            assertThat(weir.out())
                    .contains("to frontend web\n")
                    .contains("=> server app/s1: balance source: the hash of its key is ");
        }
        try (Weir weir =
                Weir.start(folder, "explain", "-f", file.toString(), "http://x:9000/", "--src", "10.1.1.1", "--json")) {
            assertThat(weir.exitStatus()).as(weir::errors).isZero();
            assertThat(weir.out()).contains("\"frontend\":\"raw\"").contains("\"outcome\":{\"end\":\"closed\"");
        }
    }

    @Test
    void shouldFailOnAWrongRequestAndOnAWrongConfiguration() throws Exception {
        Path file = file("frontend web\n    bind *:80\n    balancing nonsense\n");

        try (Weir weir = Weir.start(folder, "explain", "-f", file.toString(), "GET /")) {
            assertThat(weir.exitStatus()).isEqualTo(1);
            assertThat(weir.errors()).contains("[ALERT]").contains("web.cfg:3").contains("balancing");
            assertThat(weir.out()).isEmpty();
        }
        try (Weir weir = Weir.start(folder, "explain", "-f", file.toString())) {
            assertThat(weir.exitStatus()).isEqualTo(1);
            assertThat(weir.errors()).startsWith("weir explain: expected a request: ");
        }
        try (Weir weir = Weir.start(folder, "explain", "GET /")) {
            assertThat(weir.exitStatus()).isEqualTo(1);
            assertThat(weir.errors()).isEqualTo("weir explain: no configuration: give -f <file>\n");
        }
    }
}
