package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does from the start to the end of a process, by the executable alone, while clients are served: none may notice. */
@DisplayName("an operator's day")
final class OperatorsDayTest {
    private static final String CONFIGURATION = """
            global
                nbthread 2
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0 notice
            defaults
                mode http
                log global
                log-format "%ft %b/%s %HU"
                timeout client 60s
                timeout server 60s
                timeout connect 5s
            frontend web
                bind 127.0.0.1:@web@
                # The load would fill the log's socket.
                http-request set-log-level silent if { path /load }
                http-request deny deny_status 403 if { src,map_ip(@folder@/bans.map) -m found }
                http-request use-service prometheus-exporter if { path /metrics }
                stats uri /stats
                http-response set-header x-release 1
                default_backend app
            backend app
                balance roundrobin
                server s1 127.0.0.1:@s1@
                server s2 127.0.0.1:@s2@
            """;
    private static final String BANNED = "127.0.0.66";
    private static final String OTHER = "127.0.0.1";

    @TempDir
    Path folder;

    private final int port = Peers.freePort();
    private final NamedHttpServer s1 = new NamedHttpServer("s1");
    private final NamedHttpServer s2 = new NamedHttpServer("s2");
    private final NamedHttpServer s3 = new NamedHttpServer("s3");
    private final BehaviourLog log = new BehaviourLog();

    OperatorsDayTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        for (AutoCloseable one : List.of(s1, s2, s3, log)) {
            closeOne(one);
        }
    }

    private static void closeOne(AutoCloseable one) throws IOException {
        try {
            one.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void shouldLoseNoRequest() throws Exception {
        Files.writeString(folder.resolve("bans.map"), "192.0.2.1 abuse\n");
        write(CONFIGURATION);
        try (var weir = Weir.start(folder, "-db", "-f", "haproxy.cfg").listensOn(port);
                var load = new HttpLoad(port, 2)) {
            moreAnswers(load, 10);
            look();
            drain(load);
            changeAWeight(load);
            addAServer(load);
            ban();
            logMore();
            reload(load);
            readLatencies();
            assertThat(load.failures()).isEmpty();

            stopSoftly(weir, load);
            assertThat(load.failures()).isEmpty();
        }
    }

    // ---- the steps ----

    private void look() throws Exception {
        assertThat(ctl("show", "info")).contains("Name: ").contains("Nbthread: 2\n");
        assertThat(row("s1")).containsEntry("status", "no check").containsEntry("weight", "1");
        assertThat(get(OTHER, "/stats"))
                .startsWith("HTTP/1.1 200")
                .contains("content-type: text/html")
                .contains("app");
        assertThat(get(OTHER, "/metrics"))
                .contains("\nhaproxy_backend_active_servers{proxy=\"app\"} 2\n")
                .contains("\nhaproxy_server_status{proxy=\"app\",server=\"s2\",state=\"UP\"} 1\n");
    }

    private void drain(HttpLoad load) throws Exception {
        ctl("set", "server", "app/s1", "state", "drain");

        Patience.await().until(() -> row("s1").get("scur").equals("0"));
        String before = row("s1").get("stot");
        moreAnswers(load, 20);
        assertThat(row("s1")).containsEntry("status", "DRAIN").containsEntry("stot", before);

        ctl("set", "server", "app/s1", "state", "ready");
        int answersOfS1 = load.answers().getOrDefault("s1", 0);
        Patience.await().until(() -> load.answers().getOrDefault("s1", 0) > answersOfS1);
    }

    private void changeAWeight(HttpLoad load) throws Exception {
        ctl("set", "server", "app/s2", "weight", "3");

        assertThat(ctl("get", "weight", "app/s2")).startsWith("3 (initial 1)");
        Map<String, Integer> before = load.answers();
        moreAnswers(load, 200);
        Map<String, Integer> after = load.answers();
        int more = after.get("s2") - before.get("s2");
        int fewer = after.get("s1") - before.get("s1");
        assertThat(more).as("%s, then %s", before, after).isGreaterThan(2 * fewer);
    }

    private void addAServer(HttpLoad load) throws Exception {
        ctl("add", "server", "app/s3", "127.0.0.1:" + s3.port(), "check", "inter", "100ms");
        ctl("enable", "health", "app/s3");
        ctl("enable", "server", "app/s3");
        Patience.await().until(() -> load.answers().containsKey("s3"));
        assertThat(row("s3")).containsEntry("status", "UP");

        ctl("set", "server", "app/s3", "state", "maint");
        ctl("wait", "60s", "srv-removable", "app/s3");
        assertThat(ctl("del", "server", "app/s3")).contains("Server deleted.");
        assertThat(ctl("show", "stat")).doesNotContain("app,s3,");
    }

    private void ban() throws Exception {
        assertThat(get(BANNED, "/")).startsWith("HTTP/1.1 200");

        ctl("add", "map", folder + "/bans.map", BANNED, "abuse");

        assertThat(get(BANNED, "/")).startsWith("HTTP/1.1 403");
        assertThat(get(OTHER, "/")).startsWith("HTTP/1.1 200");
        String url = "http://127.0.0.1:" + port + "/";
        assertThat(ctl("explain", "GET", url, "--src", BANNED)).contains("status 403: denied by a rule");
        assertThat(ctl("explain", "GET", url, "--src", OTHER)).contains("app/s").doesNotContain("403: denied");
    }

    private void logMore() throws Exception {
        get(OTHER, "/unseen");
        ctl("set", "log", "level", "info");
        get(OTHER, "/seen");

        List<String> lines = new ArrayList<>();
        do {
            lines.add(log.line());
        } while (!lines.getLast().contains("/seen"));
        assertThat(lines).noneMatch(line -> line.contains("/unseen"));
        assertThat(ctl("set", "log", "level")).startsWith("info");
        ctl("set", "log", "level", "default");
    }

    private void reload(HttpLoad load) throws Exception {
        write(CONFIGURATION.replace("x-release 1", "x-release 2").replace("server s1", "serverr s1"));
        assertThat(run("reload").out()).startsWith("Success=0").contains("serverr");
        assertThat(get(OTHER, "/")).contains("\r\nx-release: 1\r\n");

        write(CONFIGURATION.replace("x-release 1", "x-release 2"));
        assertThat(ctl("reload")).startsWith("Success=1");

        assertThat(get(OTHER, "/")).contains("\r\nx-release: 2\r\n");
        assertThat(row("s2")).as("what was set at run time").containsEntry("weight", "3");
        moreAnswers(load, 10);
    }

    private void readLatencies() throws Exception {
        assertThat(ctl("show", "latency", "app")).containsPattern("app/BACKEND +total +[1-9]\\d*( +[0-9.]+){7}");
    }

    /** A request that is under way gets its answer, and the clients are told to go. */
    private void stopSoftly(Weir weir, HttpLoad load) throws Exception {
        var held = CompletableFuture.supplyAsync(() -> heldAnswer());
        Patience.await().until(() -> s1.isHolding() || s2.isHolding());
        load.stopping();

        weir.signal("USR1");

        load.awaitEnd();
        Patience.await().until(() -> !Peers.accepts(port));
        assertThat(weir.isAlive()).as("a request is still to be answered").isTrue();
        s1.release();
        s2.release();
        assertThat(held.join()).startsWith("HTTP/1.1 200");
        assertThat(weir.exitStatus()).isZero();
    }

    private String heldAnswer() {
        try {
            return get(OTHER, "/held");
        } catch (IOException e) {
            return e.toString();
        }
    }

    // ---- means ----

    private void write(String configuration) {
        Configurations.file(
                folder,
                configuration
                        .replace("@folder@", folder.toString())
                        .replace("@log@", Integer.toString(log.port()))
                        .replace("@web@", Integer.toString(port))
                        .replace("@s1@", Integer.toString(s1.port()))
                        .replace("@s2@", Integer.toString(s2.port())));
    }

    /** A command that must succeed; its answer. */
    private String ctl(String... words) {
        try (Weir ctl = run(words)) {
            assertThat(ctl.exitStatus()).as(ctl::toString).isZero();
            return ctl.out();
        }
    }

    private Weir run(String... words) {
        List<String> arguments = new ArrayList<>(List.of("ctl", "-s", folder + "/api"));
        arguments.addAll(List.of(words));
        Weir ctl = Weir.start(folder, arguments.toArray(new String[0]));
        ctl.exitStatus();
        return ctl;
    }

    /** Column names and values of a server of the backend. */
    private Map<String, String> row(String server) {
        String[] lines = ctl("show", "stat").split("\n");
        String[] names = lines[0].replaceFirst("^# ", "").split(",");
        for (String line : lines) {
            if (line.startsWith("app," + server + ",")) {
                String[] values = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], values[i]);
                }
                return row;
            }
        }
        throw new AssertionError("no row of " + server + " in\n" + String.join("\n", lines));
    }

    private static void moreAnswers(HttpLoad load, int count) {
        int before = load.count();
        Patience.await().until(() -> load.count() >= before + count);
    }

    private String get(String from, String path) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Socket socket = new Socket(loopback, port, InetAddress.getByName(from), 0)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nhost: www.example.com\r\nconnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            return Peers.rest(socket);
        }
    }
}
