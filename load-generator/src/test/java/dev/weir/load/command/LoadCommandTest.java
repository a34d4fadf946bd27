package dev.weir.load.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.Transports;
import dev.weir.load.plan.Arrivals;
import dev.weir.load.plan.Closing;
import dev.weir.load.plan.Job;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.PlanException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LoadCommandTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String URL = "http://127.0.0.1:1/";

    private static Plan plan(String line) {
        LoadOptions options = new LoadOptions();
        new CommandLine(new Holder(options)).parseArgs(line.split(" "));
        return PlanMaker.plan(options);
    }

    /** Options as a command has them. */
    @CommandLine.Command
    private record Holder(@CommandLine.Mixin LoadOptions options) {}

    @Test
    void shouldTakeWrksLetters() {
        Plan plan = plan("-c 100 -t 4 -d 30s -R 2k -H X-A:1 --timeout 5s " + URL);

        assertThat(plan.connections).isEqualTo(100);
        assertThat(plan.loops).isEqualTo(4);
        assertThat(plan.durationNs).isEqualTo(30 * SECOND);
        assertThat(plan.rate.timeNs(2000)).isEqualTo(SECOND);
        assertThat(plan.timeoutNs).isEqualTo(5 * SECOND);
        Job.Http http = (Job.Http) plan.targets.getFirst().jobs().getFirst();
        assertThat(http.request()
                        .wire()
                        .getStringWithoutLengthAscii(0, http.request().length()))
                .isEqualTo("GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\nX-A: 1\r\n\r\n");
    }

    @Test
    void shouldMeasureTenSecondsAfterOneOfWarmUp() {
        assertThat(plan(URL).durationNs).isEqualTo(10 * SECOND);
        assertThat(plan(URL).warmupNs).isEqualTo(SECOND);
        assertThat(plan(URL).isOpenLoop()).isFalse();
    }

    @Test
    void shouldMeasureExactlySoManyRequests() {
        Plan plan = plan("-n 5k " + URL);

        assertThat(plan.requests).isEqualTo(5000);
        assertThat(plan.durationNs).isEqualTo(Long.MAX_VALUE);
        assertThat(plan.warmupNs).isZero();
    }

    @Test
    void shouldLastAsLongAsTheRateSays() {
        assertThat(plan("-R 10@1s,20@2s " + URL).durationNs).isEqualTo(3 * SECOND);
        assertThat(plan("-R 10@1s,20 " + URL).durationNs).isEqualTo(10 * SECOND);
        assertThat(plan("-R 10..20 -d 4s " + URL).rate.countIn(4 * SECOND)).isEqualTo(60);
        assertThat(plan("-R 10..20 " + URL).rate.countIn(10 * SECOND)).isEqualTo(150);
        assertThat(plan("-R 10 --arrivals poisson " + URL).arrivals).isEqualTo(Arrivals.POISSON);
    }

    @Test
    void shouldCloseConnectionsAsTheirKindWants() {
        assertThat(plan("--no-keepalive " + URL).closing).isEqualTo(Closing.SERVER);
        assertThat(plan("--connection-requests 3 " + URL).closing).isEqualTo(Closing.CLIENT);
        assertThat(plan("tcp://127.0.0.1:1/connect").closing).isEqualTo(Closing.CLIENT);
        assertThat(plan("--no-keepalive --close reset " + URL).closing).isEqualTo(Closing.RESET);
    }

    @Test
    void shouldTakeWhatConcernsConnections() {
        Plan plan = plan("--connect-timeout 3s --connection-time 4s --connection-requests 5 --pipeline 6 " + URL);

        assertThat(plan.connectTimeoutNs).isEqualTo(3 * SECOND);
        assertThat(plan.connectionLifeNs).isEqualTo(4 * SECOND);
        assertThat(plan.requestsPerConnection).isEqualTo(5);
        assertThat(plan.pipeline).isEqualTo(6);
        assertThat(plan("--unix-socket /run/x " + URL).targets.getFirst().endpoint())
                .isEqualTo(new Endpoint.Unix("/run/x"));
        assertThat(plan("--connect-to 127.0.0.1:7 " + URL).targets.getFirst().endpoint())
                .hasToString("127.0.0.1:7");
    }

    @Test
    void shouldTakeWhatConcernsThePace() {
        Plan plan = plan("--think 1s..3s --spin 5ms --transport nio " + URL);

        assertThat(plan.thinkMinNs).isEqualTo(SECOND);
        assertThat(plan.thinkMaxNs).isEqualTo(3 * SECOND);
        assertThat(plan.spinNs).isEqualTo(5_000_000);
        assertThat(plan.transport).isEqualTo(Transports.Choice.NIO);
        assertThat(plan("--threshold p99<5ms --threshold errors==0 --abort-on-fail " + URL).thresholds)
                .hasSize(2);
    }

    @Test
    void shouldReadRangesOfSourcesAndCpus() {
        Plan plan = plan("--source 127.0.0.2,127.0.1.254-127.0.2.1 --cpus 1,3-4 -t 4 " + URL);

        assertThat(plan.sources)
                .extracting(source -> source.address().getHostAddress())
                .containsExactly("127.0.0.2", "127.0.1.254", "127.0.1.255", "127.0.2.0", "127.0.2.1");
        assertThat(plan.cpuMasks).containsExactly(1 << 1, 1 << 3, 1 << 4, 1 << 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://x/|https is not supported yet",
                "-c 1 -t 2 URL|as many connections",
                "-c 1 URL http://127.0.0.1:2/|servers need",
                "-c 0 URL|-c: 0 is not between",
                "-n 0 URL|-n: 0 is less than 1",
                "-d 0 URL|more than 0",
                "-d x URL|no time such as",
                "-R 5..6 -n 3 URL|needs a time",
                "-R 5 --think 1s URL|closed loop",
                "--think 2s..1s URL|ends before it begins",
                "--arrivals often URL|not one of uniform, poisson",
                "--weights 1,2 URL|--weights has 2 numbers for 1 URLs",
                "--weights 0 URL|less than 1",
                "--pipeline 3 --no-keepalive URL|serve several",
                "--close server URL|--no-keepalive",
                "--close server --no-keepalive tcp://127.0.0.1:1/echo|nothing tells a tcp server",
                "--abort-on-fail URL|needs a --threshold",
                "--threshold p99 URL|no threshold",
                "--expect-status 2 URL|no status",
                "--expect-sha256 abcd URL|instead of 32",
                "--expect-crc32 xyz URL|",
                "--same-body --expect-crc32 1 URL|one of",
                "-b x --body-file y URL|either",
                "--body-file /no/such/file URL|cannot read",
                "-i /no/such/file URL|cannot read",
                "-H nonsense URL|no header",
                "--source nowhere URL|no address",
                "--source 127.0.0.3-127.0.0.2 URL|no range",
                "--cpus a URL|no list",
                "--cpus 64 URL|0 to 63",
                "--connect-to nowhere URL|port is missing",
            })
    void shouldSayWhatCannotBe(String line, String message) {
        assertThatThrownBy(() -> plan(line.replace("URL", URL)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(message == null ? "" : message);
    }

    @Test
    void shouldEndWithTwoOnWrongUsage() {
        assertThat(execute("load", "-c", "3")).isEqualTo(2);
        assertThat(said).contains("where to?").contains("Try: weir load --help");
        assertThat(execute("load", "--no-such-option", URL)).isEqualTo(2);
        assertThat(execute("load", "https://x/")).isEqualTo(2);
        assertThat(said).contains("https is not supported yet");
        assertThat(execute("origin", "http://127.0.0.1:0", "--stall", "x")).isEqualTo(2);
    }

    @Test
    void shouldExplainItself() {
        assertThat(execute("load", "--help")).isZero();
        assertThat(said).contains("--rate").contains("Open loop").contains("99").contains("Examples");
        assertThat(execute("origin", "--help")).isZero();
        assertThat(said).contains("--delay=").contains("90%:1ms");
    }

    private String said;

    private int execute(String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine program = dev.weir.load.Main.program();
        program.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        int status = program.execute(arguments);
        said = text.toString();
        return status;
    }
}
