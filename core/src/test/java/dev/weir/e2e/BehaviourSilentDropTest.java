package dev.weir.e2e;

import static dev.weir.e2e.BehaviourHttpTest.PREAMBLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/** {@code silent-drop} in {@code mode http}: how it is logged, and that the client's kernel hears nothing. */
@DisplayName("HTTP: connections that disappear")
final class BehaviourSilentDropTest {
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    private static final String SERVER = "    server s1 127.0.0.1:@s1@\n";
    private static final String LISTEN = "listen web\n    bind 127.0.0.1:@fe@\n";

    @OnEveryEngine
    void shouldSayThatARuleMadeTheConnectionDisappear(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + "    http-response silent-drop\n" + SERVER);

            scene.client("fe").send(GET);
            origin.accept().expect(GET).send(OK);

            assertEquals("web web/s1 PR 1/1/0/0/0 0/0", scene.log());
        }
    }

    /** Else the client's kernel would send the request again, and get a reset. */
    @OnEveryEngine
    void shouldAcknowledgeWhatItDropsSilently(BehaviourEngine engine) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "a silent end needs root");
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + "    http-request silent-drop if { path /drop }\n" + SERVER);

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).send(OK);
            client.expect(OK);
            scene.log();
            client.send("GET /drop HTTP/1.1\r\nhost: x\r\n\r\n");

            assertEquals("web web/<NOSRV> PR 1/1/0/0/0 0/0", scene.log());
            assertEquals("established, 0 to acknowledge", settled(scene.port("fe")));
        }
    }

    /** What becomes of the only connection to that port, seen from its client, when nothing is on its way any more. */
    private static String settled(int port) throws Exception {
        String to = String.format(":%04X", port);
        long deadlineNs = System.nanoTime() + 15_000_000_000L;
        while (System.nanoTime() < deadlineNs) {
            List<String> states = connections()
                    .map(line -> line.strip().split(" +"))
                    .filter(words -> words[2].endsWith(to) && words[3].equals("01"))
                    .map(words -> words[4].split(":")[0])
                    .toList();
            if (states.isEmpty()) {
                return "closed";
            }
            if (Integer.parseInt(states.getFirst(), 16) == 0) {
                return "established, 0 to acknowledge";
            }
        }
        return "unsettled";
    }

    /** The JDK's sockets are in the second file. */
    private static Stream<String> connections() throws IOException {
        return Stream.concat(
                Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
                Files.readAllLines(Path.of("/proc/net/tcp6")).stream());
    }
}
