package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code show stat} of Weir and of HAProxy after the same traffic, column by column. */
@DisplayName("statistics as HAProxy has them")
final class StatisticsAsHaproxyTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                maxconn 200
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
            defaults base
                mode http
                log global
                maxconn 100
                timeout client 20s
                timeout server 20s
                timeout connect 5s
                fullconn 30
                retries 1
            frontend fe
                description the door
                option socket-stats
                bind 127.0.0.1:@fe@ name main
                bind [::1]:@fe6@ id 7 maxconn 9
                http-request deny if { path /deny }
                http-request return status 200 if { path /return }
                http-request redirect location /x if { path /redirect }
                http-response deny if { status 410 }
                tcp-request connection reject if { src 127.0.0.3 }
                tcp-request session reject if { src 127.0.0.4 }
                use_backend nobody if { path /nobody }
                use_backend dead if { path /dead }
                use_backend queue if { path /queue }
                use_backend retried if { path /retried }
                default_backend be
            backend be
                cookie SRV insert
                server s1 127.0.0.1:@s1@ maxconn 50 cookie one pool-max-conn 8
                server s2 127.0.0.1:@s2@ weight 10 backup
            backend queue
                balance leastconn
                server q1 127.0.0.1:@q1@ maxconn 1 maxqueue 4
            backend retried
                option redispatch 1
                balance first
                server r1 127.0.0.1:@closed@ id 3
                server r2 127.0.0.1:@r2@ id 9
            backend dead
                timeout connect 50ms
                server d1 127.0.0.1:@closed@
            backend nobody
            backend health
                balance static-rr
                server up 127.0.0.1:@health@ check inter 300ms observe layer7
                server down 127.0.0.1:@closed@ check inter 300ms fall 1
                server off 127.0.0.1:@health@ check inter 300ms disabled
                server follows 127.0.0.1:@health@ track health/up
                server told 127.0.0.1:@health@ agent-check agent-port @agent@ agent-inter 300ms
            listen raw
                mode tcp
                bind 127.0.0.1:@raw@
                balance source
                server t1 127.0.0.1:@t1@
            listen lost
                mode tcp
                timeout connect 50ms
                bind 127.0.0.1:@lost@
                server t1 127.0.0.1:@closed@
            """;

    /** How fast things were: they differ from run to run. Whether there is a figure at all is compared. */
    private static final Set<String> OF_TIME = Set.of(
            "rate",
            "rate_max",
            "conn_rate",
            "conn_rate_max",
            "req_rate",
            "req_rate_max",
            "lastchg",
            "lastsess",
            "downtime",
            "check_duration",
            "agent_duration",
            "qtime",
            "ctime",
            "rtime",
            "ttime",
            "qtime_max",
            "ctime_max",
            "rtime_max",
            "ttime_max");
    /** HAProxy counts what its checks connect to as needed connections. */
    private static final Set<String> OF_CHECKS = Set.of("need_conn_est");
    /** In {@code mode http} HAProxy counts how large its own form of a message is, not what was on the wire. */
    private static final Set<String> OF_BYTES = Set.of("bin", "bout");
    /** A session that is closing may still count when the next one comes. */
    private static final Set<String> OF_ENDS = Set.of("smax");

    /** One proxy under the traffic. */
    private record Site(BehaviourScene scene) implements AutoCloseable {
        static Site of(BehaviourEngine engine) throws Exception {
            var scene = new BehaviourScene(engine);
            for (String origin : List.of("s1", "s2", "q1", "r2", "health", "agent", "t1", "closed")) {
                scene.origin(origin);
            }
            scene.closeOrigin("closed");
            scene.startWhole(CONFIGURATION);
            answerEach(scene.origin("agent"), "up\n");
            answerEach(scene.origin("health"), "");
            return new Site(scene);
        }

        /** To the end of the scene. */
        private static void answerEach(BehaviourOrigin origin, String answer) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        origin.accept().send(answer).close();
                    }
                } catch (SocketTimeoutException e) {
                    throw new AssertionError("nobody checks", e);
                } catch (IOException e) {
                    return; // the origin is closed
                }
            });
        }

        BehaviourPeer request(String path, String fields) throws IOException {
            return scene.client("fe")
                    .send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n");
        }

        /** A request that the proxy answers. */
        void ask(String path) throws IOException {
            try (var client = request(path, "")) {
                assertThat(client.rest()).endsWith("<FIN>");
            }
        }

        /** A request that a server answers. */
        void exchange(String path, String origin, String answer) throws IOException {
            try (var client = request(path, "")) {
                try (var server = scene.origin(origin).accept()) {
                    server.answer(answer);
                }
                client.rest();
            }
        }

        static String answer(int status) {
            return "HTTP/1.1 " + status + " Said\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
        }

        void drive() throws IOException {
            answered();
            refused();
            kept();
            queued();
            plain();
        }

        private void answered() throws IOException {
            for (int status : List.of(200, 201, 302, 404, 500, 503, 410)) {
                exchange("/" + status, "s1", answer(status));
            }
            exchange("/early", "s1", "HTTP/1.1 103 Early Hints\r\n\r\n" + answer(200));
            exchange("/cut", "s1", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
            exchange("/retried", "r2", answer(200));
            for (String path : List.of("/deny", "/return", "/redirect", "/nobody", "/dead")) {
                ask(path);
            }
        }

        private void refused() throws IOException {
            for (String address : List.of("127.0.0.3", "127.0.0.4")) {
                try (var client = scene.clientFrom(address, "fe")) {
                    client.rest();
                }
            }
            for (String text : List.of("GET\r\n\r\n", "GET / HTTP/1.1\r\nHost")) {
                try (var client = scene.client("fe")) {
                    client.send(text).halfClose().rest();
                }
            }
        }

        /** Two requests of one client over one connection to the server, which waits for another one then. */
        private void kept() throws IOException {
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
            try (var client = scene.client("fe")) {
                client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
                var server = scene.origin("s1").accept();
                scene.keepOpen(server);
                server.answer(answer);
                client.readHead();
                client.expect("ok").send("GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                server.answer(answer);
                client.rest();
            }
        }

        private void queued() throws IOException {
            try (var first = request("/queue", "");
                    var server = scene.origin("q1").accept()) {
                server.readHead();
                try (var second = request("/queue", "")) {
                    Patience.await().until(() -> row("queue", "q1").get("qcur").equals("1"));
                    server.send(answer(200));
                    first.rest();
                    try (var next = scene.origin("q1").accept()) {
                        next.answer(answer(200));
                    }
                    second.rest();
                }
            }
        }

        private void plain() throws IOException {
            try (var client = scene.client("raw").send("hello")) {
                scene.origin("t1").accept().expect("hello").send("ok").close();
                client.rest();
            }
            try (var client = scene.client("lost")) {
                client.rest();
            }
        }

        Map<String, String> row(String proxy, String name) throws IOException {
            return new BehaviourApi(scene).row(proxy, name);
        }

        /** When nobody is inside any more and the checks have been answered. */
        Map<String, Map<String, String>> rows() {
            return Patience.await()
                    .until(
                            this::read,
                            rows -> rows.values().stream()
                                            .allMatch(row -> row.get("scur").isEmpty()
                                                    || row.get("scur").equals("0"))
                                    && rows.get("health/up").get("check_health").equals("4")
                                    && rows.get("health/down")
                                            .get("check_status")
                                            .equals("L4CON")
                                    && rows.get("health/told")
                                            .get("agent_status")
                                            .equals("L7OK"));
        }

        private Map<String, Map<String, String>> read() throws IOException {
            List<String> lines = scene.ask("api", "show stat").lines().toList();
            String[] columns = lines.getFirst().substring(2).split(",", -1);
            Map<String, Map<String, String>> rows = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] values = line.split(",", -1);
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < values.length && !columns[i].equals("-"); i++) {
                    row.put(columns[i], value(values[i]));
                }
                if (values.length > 1) {
                    rows.put(values[0] + "/" + values[1], row);
                }
            }
            return rows;
        }

        /** Ports differ; HAProxy marks a check that is under way. */
        private static String value(String text) {
            if (text.startsWith("* ")) {
                return text.substring(2);
            }
            return text.matches("[0-9.\\[\\]:]+:[0-9]+") ? text.substring(0, text.lastIndexOf(':')) : text;
        }

        @Override
        public void close() throws IOException {
            scene.close();
        }
    }

    private static boolean isCompared(String column, Map<String, String> row) {
        return !OF_TIME.contains(column)
                && !OF_CHECKS.contains(column)
                && !OF_ENDS.contains(column)
                && !(OF_BYTES.contains(column) && row.get("mode").equals("http"));
    }

    @Test
    void shouldHaveTheSameFigureInEveryColumn() throws Exception {
        try (Site haproxy = Site.of(BehaviourEngine.HAPROXY);
                Site weir = Site.of(BehaviourEngine.WEIR)) {
            haproxy.drive();
            weir.drive();

            Map<String, Map<String, String>> expected = haproxy.rows();
            Map<String, Map<String, String>> found = weir.rows();

            SoftAssertions every = new SoftAssertions();
            every.assertThat(List.copyOf(found.keySet())).isEqualTo(List.copyOf(expected.keySet()));
            expected.forEach((name, row) -> row.forEach((column, value) -> {
                String own = found.getOrDefault(name, Map.of()).getOrDefault(column, "no such row");
                boolean isCompared = isCompared(column, row);
                every.assertThat(isCompared ? own : own.isEmpty() ? "no figure" : "a figure")
                        .as(name + " " + column)
                        .isEqualTo(isCompared ? value : value.isEmpty() ? "no figure" : "a figure");
            }));
            every.assertAll();
        }
    }

    @Test
    void shouldHaveTheSameTypesAndTags() throws Exception {
        try (Site haproxy = Site.of(BehaviourEngine.HAPROXY);
                Site weir = Site.of(BehaviourEngine.WEIR)) {
            haproxy.rows();
            weir.rows();

            assertThat(typed(weir)).isEqualTo(typed(haproxy));
        }
    }

    /** Everything of {@code show stat typed} but the values; columns of HAProxy's modules have higher numbers. */
    private static Set<String> typed(Site site) throws IOException {
        Set<String> lines = new TreeSet<>();
        for (String line : site.scene().ask("api", "show stat typed").lines().toList()) {
            String[] parts = line.split("[.:]");
            if (parts.length > 7 && Integer.parseInt(parts[3]) < 113) {
                lines.add(String.join(".", List.of(parts).subList(0, 8)));
            }
        }
        return lines;
    }
}
