package dev.weir.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.load.plan.Closing;
import dev.weir.load.plan.RateProfile;
import dev.weir.load.plan.Threshold;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What goes wrong is counted by its kind, once for each request, and never as a request. */
class RunErrorsTest extends RunFixture {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private ScriptedServer server(ScriptedServer.Script script) throws Exception {
        return closing(new ScriptedServer(script));
    }

    private Outcome runFew(ScriptedServer server) {
        plan.requests = 10;
        plan.connections = 2;
        return run("http://" + server.address() + "/");
    }

    private static void assertAllFailed(Outcome outcome, ErrorKind kind, long requests) {
        assertThat(outcome.problem).isNull();
        assertThat(outcome.answered()).isZero();
        assertThat(outcome.total.failed).isEqualTo(requests);
        assertThat(outcome.total.errors(kind)).isEqualTo(requests);
        assertThat(outcome.total.errorsOfAllKinds()).isEqualTo(requests);
        assertThat(outcome.exitStatus()).isEqualTo(1);
        // Failures take time, too: figures per second are taken over it.
        assertThat(outcome.elapsedNs).isGreaterThan(10_000);
    }

    /** Bound, so that nobody else gets it, and without a listener. */
    private String closedPort() throws Exception {
        Socket bound = closing(new Socket());
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return "127.0.0.1:" + bound.getLocalPort();
    }

    @Test
    void shouldSayThatNobodyListens() throws Exception {
        Outcome outcome = run("http://" + closedPort() + "/");

        assertThat(outcome.problem).contains("cannot connect to 127.0.0.1:").contains("refused");
        assertThat(outcome.exitStatus()).isEqualTo(1);
    }

    @Test
    void shouldCountRefusals() throws Exception {
        plan.keepAlive = false;
        plan.requests = 10;

        assertAllFailed(run("http://" + closedPort() + "/"), ErrorKind.REFUSED, 10);
    }

    @Test
    void shouldCountResets() throws Exception {
        Outcome outcome = runFew(server((client, number) -> {
            ScriptedServer.readHead(client);
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
        }));

        assertAllFailed(outcome, ErrorKind.RESET, 10);
    }

    @Test
    void shouldCountConnectionsThatCloseTooEarly() throws Exception {
        Outcome outcome = runFew(server((client, number) -> {
            ScriptedServer.readHead(client);
            ScriptedServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot all of it");
        }));

        assertAllFailed(outcome, ErrorKind.CLOSED, 10);
    }

    @Test
    void shouldCountTimeouts() throws Exception {
        plan.timeoutNs = 20 * MS;

        Outcome outcome = runFew(server(RunErrorsTest::awaitEnd));

        assertAllFailed(outcome, ErrorKind.TIMEOUT, 10);
    }

    private static void awaitEnd(Socket client, int number) throws java.io.IOException {
        client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }

    @Test
    void shouldCountWrongStatuses() throws Exception {
        plan.requests = 10;
        String address = listen(origin(options -> options.status = 503), "http://127.0.0.1:0");

        Outcome outcome = run("http://" + address + "/");

        assertAllFailed(outcome, ErrorKind.STATUS, 10);
        assertThat(outcome.total.statuses(503)).isEqualTo(10);
    }

    @Test
    void shouldAcceptTheStatusesThatAreExpected() throws Exception {
        plan.requests = 10;
        expect(expectation -> expectation.statuses(java.util.List.of("5xx")));
        String address = listen(origin(options -> options.status = 503), "http://127.0.0.1:0");

        assertThat(run("http://" + address + "/").answered()).isEqualTo(10);
    }

    @Test
    void shouldCountWrongLengths() throws Exception {
        plan.requests = 10;
        expect(expectation -> expectation.length(64));

        assertAllFailed(run("http://" + httpOrigin() + "/65"), ErrorKind.LENGTH, 10);
    }

    @Test
    void shouldCountWrongBodies() throws Exception {
        plan.requests = 10;
        CRC32 other = new CRC32();
        other.update(new byte[] {1});
        expect(expectation -> expectation.crc32(other.getValue()));

        assertAllFailed(run("http://" + httpOrigin() + "/64"), ErrorKind.BODY, 10);
    }

    @Test
    void shouldCountBodiesThatChange() throws Exception {
        expect(expectation -> expectation.sameBody());
        Outcome outcome = runFew(server((client, number) -> {
            for (int i = 0; ScriptedServer.readHead(client); i++) {
                ScriptedServer.write(client, i % 2 == 0 ? OK : OK.replace("ok", "no"));
            }
        }));

        assertThat(outcome.answered() + outcome.total.errors(ErrorKind.BODY)).isEqualTo(10);
        assertThat(outcome.total.errors(ErrorKind.BODY)).isBetween(3L, 7L);
    }

    @Test
    void shouldCountWhatIsNoAnswer() throws Exception {
        Outcome outcome = runFew(server((client, number) -> {
            ScriptedServer.readHead(client);
            ScriptedServer.write(client, "SSH-2.0-OpenSSH_9.2\r\n");
            awaitEnd(client, number);
        }));

        assertAllFailed(outcome, ErrorKind.MALFORMED, 10);
    }

    @Test
    void shouldCountEchoesThatDiffer() throws Exception {
        plan.requests = 10;
        ScriptedServer server = server((client, number) -> {
            byte[] block = new byte[64];
            while (client.getInputStream().readNBytes(block, 0, 64) == 64) {
                block[63]++;
                client.getOutputStream().write(block);
            }
        });

        assertAllFailed(run("tcp://" + server.address() + "/echo?bytes=64"), ErrorKind.BODY, 10);
    }

    /** The answers before the loss count, the requests after it are lost with it, and nobody is counted twice. */
    @Test
    void shouldLoseEveryRequestOfABrokenPipeline() throws Exception {
        plan.requests = 100;
        plan.connections = 1;
        plan.pipeline = 10;
        ScriptedServer server = server((client, number) -> {
            for (int i = 0; i < 4; i++) {
                ScriptedServer.readHead(client);
                ScriptedServer.write(client, OK);
            }
            client.shutdownOutput();
            awaitEnd(client, number);
        });

        Outcome outcome = run("http://" + server.address() + "/");

        assertThat(outcome.answered()).isEqualTo(40);
        assertThat(outcome.total.failed).isEqualTo(60);
        assertThat(outcome.total.errors(ErrorKind.CLOSED)).isEqualTo(10);
    }

    /** A server may close connections that idle, for which it has half a second here: the next request takes a new one. */
    @Test
    void shouldNotMeetConnectionsThatEndedWhileTheyIdled() throws Exception {
        plan.requests = 3;
        plan.connections = 1;
        plan.rate = RateProfile.constant(2);
        ScriptedServer server = server((client, number) -> {
            ScriptedServer.readHead(client);
            ScriptedServer.write(client, OK);
        });

        Outcome outcome = run("http://" + server.address() + "/");

        assertThat(outcome.answered()).isEqualTo(3);
        assertThat(outcome.total.errorsOfAllKinds()).isZero();
        assertThat(server.connections()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldObeyAServerThatAnnouncesTheEndOfAConnection() throws Exception {
        plan.closing = Closing.CLIENT;
        Outcome outcome = runFew(server((client, number) -> {
            ScriptedServer.readHead(client);
            ScriptedServer.write(client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");
        }));

        assertThat(outcome.answered()).isEqualTo(10);
        assertThat(outcome.total.errorsOfAllKinds()).isZero();
    }

    @Test
    void shouldReportMissedThresholds() throws Exception {
        plan.thresholds.add(Threshold.parse("requests>=1000"));
        plan.thresholds.add(Threshold.parse("errors==0"));

        Outcome outcome = run("http://" + httpOrigin() + "/");

        assertThat(outcome.missed()).extracting(Threshold::text).containsExactly("requests>=1000");
        assertThat(outcome.exitStatus()).isEqualTo(99);
    }

    @Test
    void shouldEndEarlyWhenAThresholdIsMissed() throws Exception {
        plan.requests = Long.MAX_VALUE;
        plan.durationNs = 3600 * SECOND;
        plan.thresholds.add(Threshold.parse("errors<1%"));
        plan.abortOnFail = true;
        String address = listen(origin(options -> options.status = 500), "http://127.0.0.1:0");

        Outcome outcome = run("http://" + address + "/");

        assertThat(outcome.isAbortedByThreshold).isTrue();
        assertThat(outcome.exitStatus()).isEqualTo(99);
        assertThat(outcome.elapsedNs).isLessThan(3600 * SECOND);
    }
}
