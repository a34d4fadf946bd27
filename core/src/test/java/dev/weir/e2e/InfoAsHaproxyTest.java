package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Patience;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code show info}, from Weir and from HAProxy under the same configuration: whoever reads it must not see a difference. */
@DisplayName("show info as HAProxy writes it")
final class InfoAsHaproxyTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                description one machine
                stats socket @folder@/api mode 600 level admin
                maxpipes 12
            defaults
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                mode tcp
                bind 127.0.0.1:@fe@
                default_backend be
            frontend web
                mode http
                bind 127.0.0.1:@web@
                http-request return status 200
            backend be
                mode tcp
                server s1 127.0.0.1:@s1@
            """;
    /** A value that is followed by a description, one to the end of the line, and one in JSON. */
    private static final Pattern VALUE = Pattern.compile(
            "(?m)^((?:\\d+\\.)?[^:{]*(?::...:[a-z0-9]*)?:)[^\"\\n]*|(?<=\"value\":)(?:\"[^\"]*\"|[0-9.]+)");

    private static final Pattern DESCRIPTION = Pattern.compile("(?m)\"[^\"\\n]*\"$");

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(CONFIGURATION);
    }

    private static String withoutValues(String info) {
        String bare = VALUE.matcher(info).replaceAll(match -> match.group(1) == null ? "-" : match.group(1) + "-");
        return DESCRIPTION.matcher(bare).replaceAll("description");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show info",
                "show info typed",
                "show info json",
                "show info desc",
                "show info float",
                "show info typed float",
                "show info json float",
                "show info typed desc"
            })
    void shouldHaveTheSameFieldsInTheSameForm(String command) throws Exception {
        try (var haproxy = scene(BehaviourEngine.HAPROXY);
                var weir = scene(BehaviourEngine.WEIR)) {
            String expected = withoutValues(haproxy.ask("api", command));

            assertThat(withoutValues(weir.ask("api", command))).isEqualTo(expected);
        }
    }

    private static Map<String, String> info(BehaviourScene scene) throws Exception {
        return fields(scene.ask("api", "show info"));
    }

    private static Map<String, String> fields(String info) {
        return info.lines()
                .filter(line -> line.contains(": "))
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    @Test
    void shouldCountStreamsAndBytes() throws Exception {
        try (var scene = scene(BehaviourEngine.WEIR)) {
            var client = scene.client("fe").send("ping");
            scene.origin("s1").accept().expect("ping").send("hello").close();
            assertThat(client.rest()).isEqualTo("hello<FIN>");
            client.close();
            scene.client("web").send("GET / HTTP/1.0\r\n\r\n").rest();

            Patience.await().untilAsserted(() -> assertThat(info(scene)).containsEntry("CumStreams", "2"));
            Map<String, String> info = info(scene);
            assertThat(Long.parseLong(info.get("TotalBytesOut"))).isGreaterThan("pinghello".length());
            assertThat(info).containsEntry("Maxpipes", "12");
            assertThat(Long.parseLong(info.get("Idle_pct"))).isBetween(0L, 100L);
            assertThat(Long.parseLong(info.get("Tasks"))).isNotNegative();
        }
    }

    @Test
    void shouldCountWhatPassesThroughPipes() throws Exception {
        try (var scene = new BehaviourScene(BehaviourEngine.WEIR)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION.replace("defaults\n", "defaults\n    option splice-response\n"));
            assumeTrue(scene.ask("api", "show startup-logs").contains("on io_uring"), "NIO copies");
            String bulk = "x".repeat(200_000);
            var client = scene.client("fe").send("ping");
            scene.origin("s1").accept().expect("ping").send(bulk).close();

            assertThat(client.rest()).isEqualTo(bulk + "<FIN>");

            assertThat(info(scene)).containsEntry("TotalSplicedBytesOut", "200000");
        }
    }

    /** Of the executable: a start has a duration, and a configuration without time limits a warning. */
    @Test
    void shouldTellOfItsStart(@TempDir Path folder) {
        int port = Peers.freePort();
        String socket = folder.resolve("api").toString();
        String file =
                Configurations.file(folder, """
                        global
                            stats socket %s mode 600 level admin
                        listen l
                            mode tcp
                            bind 127.0.0.1:%d
                            server s 127.0.0.1:%d
                        """.formatted(socket, port, port)).toString();

        try (var weir = Weir.start(folder, "-db", "-f", file).listensOn(port)) {
            // The socket and the end of the start come after the port.
            Patience.await().until(() -> number(folder, socket, "BootTime_ms") > 0);
            assertThat(number(folder, socket, "TotalWarnings"))
                    .as(weir::toString)
                    .isPositive();
        }
    }

    /** A field as {@code weir ctl} prints it; -1 if there is none, or nobody answers. */
    private static long number(Path folder, String socket, String field) {
        try (var ctl = Weir.start(folder, "ctl", "-s", socket, "show", "info")) {
            return ctl.exitStatus() == 0 ? Long.parseLong(fields(ctl.out()).getOrDefault(field, "-1")) : -1;
        }
    }
}
