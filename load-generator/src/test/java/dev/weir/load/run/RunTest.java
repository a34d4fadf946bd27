package dev.weir.load.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.load.origin.Origin;
import dev.weir.load.plan.Closing;
import dev.weir.load.plan.RateProfile;
import dev.weir.load.plan.Targets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run does when everything goes well. */
class RunTest extends RunFixture {
    @AfterEach
    void shouldHaveHadNoFault() {
        assertThat(log).noneMatch(line -> line.contains("internal error") || line.contains("ALERT"));
    }

    private static void assertAllAnswered(Outcome outcome, long requests) {
        assertThat(outcome.problem).isNull();
        assertThat(outcome.total.errorsOfAllKinds()).isZero();
        assertThat(outcome.total.failed).isZero();
        assertThat(outcome.answered()).isEqualTo(requests);
        assertThat(outcome.total.latency.getTotalCount()).isEqualTo(requests);
        assertThat(outcome.exitStatus()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1,1,200", "4,1,1000", "7,2,1000", "3,3,100"})
    void shouldSendExactlyAsManyRequestsAsAreAskedFor(int connections, int loops, int requests) throws Exception {
        plan.connections = connections;
        plan.loops = loops;
        plan.requests = requests;

        Outcome outcome = run("http://" + httpOrigin() + "/100");

        assertAllAnswered(outcome, requests);
        assertThat(outcome.total.statuses(200)).isEqualTo(requests);
        assertThat(outcome.rate()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo?bytes=1",
                "echo?bytes=64",
                "echo?bytes=100k",
                "ask?bytes=10&answer=30k",
                "sink?bytes=300k",
                "source?bytes=50000"
            })
    void shouldDoWhatATcpUrlAsksFor(String what) throws Exception {
        String address = listen(origin(options -> {}), "tcp://127.0.0.1:0/" + what);

        assertAllAnswered(run("tcp://" + address + "/" + what), plan.requests);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLIENT", "RESET"})
    void shouldCountConnections(String closing) throws Exception {
        plan.closing = Closing.valueOf(closing);
        String address = listen(origin(options -> {}), "tcp://127.0.0.1:0/connect");

        Outcome outcome = run("tcp://" + address + "/connect");

        assertAllAnswered(outcome, plan.requests);
        assertThat(outcome.total.connections).isEqualTo(plan.requests);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER", "CLIENT", "RESET"})
    void shouldUseAConnectionForEachRequest(String closing) throws Exception {
        plan.keepAlive = false;
        plan.requestsPerConnection = 1;
        plan.closing = Closing.valueOf(closing);
        common.closes = plan.closing == Closing.SERVER;

        Outcome outcome = run("http://" + httpOrigin() + "/");

        assertAllAnswered(outcome, plan.requests);
        assertThat(outcome.total.connections).isEqualTo(plan.requests);
    }

    @Test
    void shouldReplaceConnectionsAfterSomeRequests() throws Exception {
        plan.connections = 1;
        plan.requestsPerConnection = 7;
        plan.closing = Closing.CLIENT;

        Outcome outcome = run("http://" + httpOrigin() + "/");

        assertAllAnswered(outcome, 200);
        // 200 / 7 is 28.6, and the first one was opened before the clock started.
        assertThat(outcome.total.connections).isEqualTo(28);
    }

    @Test
    void shouldReplaceConnectionsAfterATime() throws Exception {
        plan.connections = 1;
        plan.connectionLifeNs = 1;
        plan.closing = Closing.RESET;

        Outcome outcome = run("http://" + httpOrigin() + "/");

        assertAllAnswered(outcome, 200);
        assertThat(outcome.total.connections).isEqualTo(199);
    }

    @ParameterizedTest
    @CsvSource({"16,64", "300,1", "3,20000"})
    void shouldPipeline(int depth, int bytes) throws Exception {
        plan.pipeline = depth;
        plan.requests = 1000;

        assertAllAnswered(run("http://" + httpOrigin() + "/" + bytes), 1000);
    }

    @Test
    void shouldPipelineEchoes() throws Exception {
        plan.pipeline = 10;
        String address = listen(origin(options -> {}), "tcp://127.0.0.1:0/echo");

        assertAllAnswered(run("tcp://" + address + "/echo?bytes=333"), 200);
    }

    @Test
    void shouldAskForEachUrlAsOftenAsItsWeightSays() throws Exception {
        String address = httpOrigin();
        Targets targets = new Targets(common);
        targets.add("http://" + address + "/10", 3);
        targets.add("http://" + address + "/1000", 1);
        plan.connections = 1;
        plan.requests = 400;

        Outcome outcome = run(targets);

        assertAllAnswered(outcome, 400);
        long heads = 400L * "HTTP/1.1 200 -\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n".length();
        assertThat(outcome.total.bytesReceived).isEqualTo(heads + 100 * 2 + 300 * 10 + 100 * 1000);
    }

    @Test
    void shouldServeSeveralServersAtOnce() throws Exception {
        Origin origin = origin(options -> {});
        String http = listen(origin, "http://127.0.0.1:0");
        String echo = listen(origin, "tcp://127.0.0.1:0/echo");
        plan.loops = 2;
        plan.connections = 5;

        Outcome outcome = run("http://" + http + "/10", "tcp://" + echo + "/echo?bytes=10");

        assertAllAnswered(outcome, 200);
        assertThat(outcome.total.statuses(200)).isBetween(1L, 199L);
    }

    @Test
    void shouldSendBodies() throws Exception {
        common.method = "POST";
        common.body = new byte[100_000];

        Outcome outcome = run("http://" + httpOrigin() + "/");

        assertAllAnswered(outcome, 200);
        assertThat(outcome.total.bytesSent).isGreaterThan(200 * 100_000L);
    }

    @Test
    void shouldTalkToAnOriginWithManyLoops() throws Exception {
        plan.connections = 16;
        plan.requests = 2000;
        String address = listen(origin(options -> options.loops = 2), "http://127.0.0.1:0");

        assertAllAnswered(run("http://" + address + "/"), 2000);
    }

    @Test
    void shouldComeFromTheAddressesThatAreGiven() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        ScriptedServer server = closing(new ScriptedServer((client, number) -> {
            seen.add(client.getInetAddress().getHostAddress());
            while (ScriptedServer.readHead(client)) {
                ScriptedServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        }));
        for (String address : new String[] {"127.0.0.2", "127.0.0.3"}) {
            plan.sources.add(new Endpoint.Inet(InetAddress.getByName(address), 0));
        }

        assertAllAnswered(run("http://" + server.address() + "/"), 200);

        assertThat(seen).containsExactlyInAnyOrder("127.0.0.2", "127.0.0.3");
    }

    /** Host names in URLs then need not be known to anybody but the server. */
    @Test
    void shouldConnectElsewhereThanTheUrlSays() throws Exception {
        Set<String> hosts = ConcurrentHashMap.newKeySet();
        ScriptedServer server = closing(new ScriptedServer((client, number) -> {
            var reader = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("Host: ")) {
                    hosts.add(line);
                } else if (line.isEmpty()) {
                    ScriptedServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                }
            }
        }));
        int port = Integer.parseInt(server.address().substring("127.0.0.1:".length()));
        common.endpoint = new Endpoint.Inet(InetAddress.getLoopbackAddress(), port);

        assertAllAnswered(run("http://shop.invalid/"), 200);

        assertThat(hosts).containsExactly("Host: shop.invalid");
    }

    @Test
    void shouldConnectToAUnixSocket(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("socket");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            Thread.ofPlatform().daemon().start(() -> answerOne(listener));
            common.endpoint = new Endpoint.Unix(path.toString());
            plan.connections = 1;

            assertAllAnswered(run("http://shop.invalid/"), 200);
        }
    }

    /** One connection, whose requests come one after the other and whole. */
    private static void answerOne(ServerSocketChannel listener) {
        ByteBuffer answer = ByteBuffer.wrap("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        ByteBuffer request = ByteBuffer.allocate(4096);
        try (SocketChannel client = listener.accept()) {
            while (client.read(request.clear()) > 0) {
                client.write(answer.rewind());
            }
        } catch (IOException gone) {
            // The run has ended first: what it counted is what the test looks at.
        }
    }

    @Test
    void shouldThinkBetweenRequests() throws Exception {
        plan.connections = 2;
        plan.requests = 6;
        plan.thinkMinNs = 100 * MS;
        plan.thinkMaxNs = 140 * MS;

        Outcome outcome = run("http://" + httpOrigin() + "/");

        assertAllAnswered(outcome, 6);
        assertThat(outcome.elapsedNs).isGreaterThanOrEqualTo(3 * 100 * MS);
        // Thinking is no latency.
        assertThat(outcome.total.latency.getMinValue()).isLessThan(100 * MS);
    }

    @Test
    void shouldSendInAnOpenLoopWhatTheRateWants() throws Exception {
        plan.requests = Long.MAX_VALUE;
        plan.durationNs = SECOND;
        plan.rate = RateProfile.constant(500);
        plan.warmupNs = 100 * MS;
        plan.loops = 2;

        Outcome outcome = run("http://" + httpOrigin() + "/");

        assertThat(outcome.total.errorsOfAllKinds()).isZero();
        // Not one is lost, however slow the machine is: sent late, answered late, or counted as never sent.
        assertThat(outcome.answered() + outcome.total.unsent).isEqualTo(500);
        assertThat(outcome.wantedRate()).isEqualTo(500);
        assertThat(outcome.elapsedNs).isEqualTo(SECOND);
        assertThat(outcome.total.service.getTotalCount()).isEqualTo(outcome.answered());
    }

    @Test
    void shouldEndARateProfileWithItsLastRequest() throws Exception {
        plan.requests = 300;
        plan.rate = RateProfile.parse("100..1000@200ms,2000", -1);

        Outcome outcome = run("http://" + httpOrigin() + "/");

        assertAllAnswered(outcome, 300);
        // 110 of the ramp, 190 at 2000/s: 295 ms at least.
        assertThat(outcome.elapsedNs).isGreaterThan(290 * MS);
    }

    @Test
    void shouldNotMeasureTheWarmUp() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ScriptedServer server = closing(new ScriptedServer((client, number) -> {
            while (ScriptedServer.readHead(client)) {
                asked.incrementAndGet();
                ScriptedServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        }));
        plan.warmupNs = 200 * MS;
        plan.requests = 50;

        Outcome outcome = run("http://" + server.address() + "/");

        assertAllAnswered(outcome, 50);
        assertThat(asked.get()).isGreaterThan(50);
        assertThat(outcome.seconds.getFirst().isWarmup()).isTrue();
        assertThat(outcome.seconds.stream()
                        .filter(second -> !second.isWarmup())
                        .mapToLong(Second::requests)
                        .sum())
                .isEqualTo(50);
    }

    @Test
    void shouldReportWhatHasHappenedWhenItIsInterrupted() throws Exception {
        plan.requests = Long.MAX_VALUE;
        plan.targets = targetsOf("http://" + httpOrigin() + "/");
        Run[] run = new Run[1];
        run[0] = new Run(
                plan,
                new RunObserver() {
                    @Override
                    public void onStart(Outcome outcome) {}

                    @Override
                    public void onSecond(Outcome outcome, Second second, Tally tally) {
                        run[0].interrupt();
                    }
                },
                log::add);

        Outcome outcome = run[0].execute();

        assertThat(outcome.exitStatus()).isEqualTo(130);
        assertThat(outcome.answered()).isPositive();
        assertThat(outcome.rate()).isPositive();
        assertThat(outcome.total.errorsOfAllKinds()).isZero();
    }

    private java.util.List<dev.weir.load.plan.Target> targetsOf(String url) {
        Targets targets = new Targets(common);
        targets.add(url, 1);
        return targets.targets();
    }

    @Test
    void shouldRunOnNioToo() throws Exception {
        plan.transport = dev.weir.bridge.transport.Transports.Choice.NIO;
        plan.rate = RateProfile.constant(2000);

        assertAllAnswered(run("http://" + httpOrigin() + "/1k"), 200);
    }
}
