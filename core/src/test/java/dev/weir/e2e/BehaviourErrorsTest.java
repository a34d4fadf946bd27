package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** {@code show errors}: the last messages that could not be read, of both sides. */
@DisplayName("messages that could not be read")
final class BehaviourErrorsTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
            defaults
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    /** HAProxy shows its buffers and flags on lines of their own; how many events there were is the process's, which tests share. */
    private static List<String> errors(BehaviourScene scene, String command) throws Exception {
        return scene.ask("api", command)
                .replaceAll("\\[[0-9/a-zA-Z:.]+]", "[DATE]")
                .replaceAll("127\\.0\\.0\\.1:[0-9]+", "CLIENT")
                .replaceAll("error at position ([0-9]+)(:.*)?", "error at position $1")
                .replaceAll("DATE] : [0-9]+", "DATE] : COUNT")
                .replaceAll("event #[0-9]+", "event #COUNT")
                .replaceAll("wraps at [0-9]+, ", "")
                .lines()
                .filter(line -> !line.matches("  (buffer starts|H1 ).*"))
                .toList();
    }

    @OnEveryEngine
    void shouldShowTheLastBadMessageOfEachSide(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION);
            try (var client = scene.client("fe").send("GET /\0 HTTP/1.1\r\n\r\n")) {
                assertThat(client.rest()).startsWith("HTTP/1.1 400 ");
            }
            List<String> request = List.of(
                    "Total events captured on [DATE] : COUNT",
                    " ",
                    "[DATE] frontend fe (#2): invalid request",
                    "  backend <NONE> (#-1), server <NONE> (#-1), event #COUNT, src CLIENT",
                    "  len 19, error at position 5",
                    "  ",
                    "  00000  GET /\\x00 HTTP/1.1\\r\\n",
                    "  00017  \\r\\n",
                    "");
            for (String filter : List.of("", " fe", " 2", " -1", " fe request")) {
                assertThat(errors(scene, "show errors" + filter)).as(filter).isEqualTo(request);
            }
            for (String filter : List.of(" be", " 99", " fe response")) {
                assertThat(errors(scene, "show errors" + filter))
                        .as(filter)
                        .containsExactly("Total events captured on [DATE] : COUNT", "");
            }

            try (var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")) {
                var server = scene.origin("s1").accept().answer("HTTP/1.1 200 OK\r\nbad field\r\n\r\n");
                assertThat(client.rest()).startsWith("HTTP/1.1 502 ");
                server.close();
            }
            List<String> response = List.of(
                    "Total events captured on [DATE] : COUNT",
                    " ",
                    "[DATE] backend be (#3): invalid response",
                    "  frontend fe (#2), server s1 (#1), event #COUNT, src CLIENT",
                    "  len 30, error at position 20",
                    "  ",
                    "  00000  HTTP/1.1 200 OK\\r\\n",
                    "  00017  bad field\\r\\n",
                    "  00028  \\r\\n",
                    "");
            for (String filter : List.of(" be", " 3", " fe response", " 2 response")) {
                assertThat(errors(scene, "show errors" + filter)).as(filter).isEqualTo(response);
            }
            assertThat(errors(scene, "show errors"))
                    .hasSize(request.size() + response.size() - 2)
                    .containsAll(request.subList(1, request.size()))
                    .containsAll(response);
        }
    }
}
