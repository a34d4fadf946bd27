package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Patience;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.sample.Allocation;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.sample.Words;
import dev.weir.stream.Cause;
import dev.weir.stream.LogLevel;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LoggerTest {
    private final TestContext context = new TestContext();
    private final LogWriter writer = new LogWriter();
    private DatagramSocket receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        receiver.setSoTimeout((int) Patience.LIMIT.toMillis());
    }

    @AfterEach
    void close() {
        writer.close();
        receiver.close();
    }

    private Logger logger(String... targets) throws ParseProblem {
        List<LogTarget> parsed = new ArrayList<>();
        for (String target : targets) {
            String address = "127.0.0.1:" + receiver.getLocalPort();
            parsed.add(LogTargetParser.parse(
                    Words.of(target.replace("UDP", address).split(" ")), false));
        }
        return new Logger(writer, context.process, "weir", "edge", parsed);
    }

    private String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        receiver.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteTheHeadersOfHaproxy() throws Exception {
        ZonedDateTime time = Instant.ofEpochSecond(1_700_000_000).atZone(ZoneId.systemDefault());
        String syslog = time.format(DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ENGLISH));
        String iso = time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")) + ".123456"
                + time.format(DateTimeFormatter.ofPattern("xxx"));
        Map<String, String> expected = Map.of(
                "local", "<157>" + syslog + " weir[4242]: line\n",
                "rfc3164", "<157>" + syslog + " edge weir[4242]: line\n",
                "rfc5424", "<157>1 " + iso + " edge weir 4242 - - line\n",
                "priority", "<157>line\n",
                "short", "<5>line\n",
                "timed", "<5>" + iso + " line\n",
                "iso", iso + " line\n",
                "raw", "line\n");

        for (var entry : expected.entrySet()) {
            logger("UDP format " + entry.getKey() + " local3").send(LogLevel.NOTICE, "line\n");

            assertThat(receive()).as(entry.getKey()).isEqualTo(entry.getValue());
        }
    }

    @Test
    void shouldFilterAndRaiseLevels() throws Exception {
        Logger logger = logger("UDP format priority local0 notice err");

        logger.send(LogLevel.INFO, "left out");
        logger.send(LogLevel.NOTICE, "notice");
        logger.send(LogLevel.EMERG, "emergency");

        assertThat(receive()).isEqualTo("<133>notice\n");
        assertThat(receive()).isEqualTo("<131>emergency\n");
    }

    @Test
    void shouldCutLinesAndSampleThem() throws Exception {
        Logger logger = logger("UDP len 80 format raw sample 2,4-5:5 local0");

        for (int i = 1; i <= 7; i++) {
            logger.send(LogLevel.INFO, i + "x".repeat(100));
        }

        assertThat(receive()).hasSize(80).startsWith("2x").endsWith("\n");
        assertThat(receive()).startsWith("4x");
        assertThat(receive()).startsWith("5x");
        assertThat(receive()).startsWith("7x");
    }

    @Test
    void shouldSendToUnixSockets(@TempDir Path folder) throws Exception {
        assumeTrue(Kernel.refusal() == null, "Linux only");
        Kernel kernel = new Kernel();
        int fd = kernel.socket(SocketConstants.AF_UNIX, SocketConstants.SOCK_DGRAM, 0);
        SocketAddress address =
                new SocketAddress().set(new Endpoint.Unix(folder.resolve("log").toString()));
        assertThat(kernel.bind(fd, address.address(), address.length())).isZero();

        logger(folder.resolve("log") + " format priority daemon").send(LogLevel.ALERT, "server is DOWN");

        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(100);
            long length = kernel.read(fd, bytes.address(), 100);
            String text = new String(bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
            assertThat(text).isEqualTo("<25>server is DOWN\n");
        } finally {
            kernel.close(fd);
        }
    }

    @Test
    void shouldCountWhatItDrops() throws Exception {
        while (writer.take() != null) {
            // all records are out now, as if the writer hung
        }

        logger("UDP format raw local0").send(LogLevel.INFO, "lost");

        assertThat(writer.droppedCount()).isEqualTo(2);
    }

    @Test
    void shouldCountWhatATargetDoesNotTake(@TempDir Path folder) throws Exception {
        assumeTrue(Kernel.refusal() == null, "Linux only");

        logger(folder.resolve("nobody") + " format raw local0").send(LogLevel.INFO, "lost");
        writer.close();

        assertThat(writer.droppedCount()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTargetsItDoesNotKnow() {
        assertThatThrownBy(() -> logger("ring@r local0")).hasMessageContaining("not supported");
        assertThatThrownBy(() -> logger("UDP local9")).hasMessage("unknown log facility 'local9'");
        assertThatThrownBy(() -> logger("UDP len 10 local0")).hasMessageContaining("80 to 65535");
        assertThatThrownBy(() -> logger("UDP local0 loud")).hasMessage("unknown optional log level 'loud'");
        assertThatThrownBy(() -> logger("UDP format x local0")).hasMessage("unknown log format 'x'");
        assertThatThrownBy(() -> logger("UDP sample 1:2:3 local0")).hasMessageContaining("sample");
        assertThatThrownBy(() -> logger("UDP local0 info err more")).hasMessageContaining("'more'");
    }

    private static SessionLog.Formats formats(LogFormat text) {
        return new SessionLog.Formats(text, null, null, Map.of());
    }

    private SessionLog sessionLog(SessionLog.Policy policy) throws ParseProblem {
        context.hook = Hook.LOG;
        LogFormat format =
                new LogFormatParser(new ExpressionParser(SampleNames.standard())).parse("%lc %ts %rc", context);
        return new SessionLog(logger("UDP format short local0"), formats(format), policy, Set.of());
    }

    @Test
    void shouldLogTheSessionsThatThePolicyWants() throws Exception {
        SessionLog log = sessionLog(new SessionLog.Policy(true, true, false, true));
        LineWriter line = LineWriter.of(new Scratch(1));
        Stream stream = context.process.stream();

        log.write(stream, line);
        stream.counts().bytesIn = 1;
        log.write(stream, line);
        stream.ended(Cause.CLIENT, Phase.DATA);
        log.write(stream, line);
        context.process.start(stream);
        stream.counts().bytesIn = 1;
        stream.counts().retries = 2;
        stream.logLevel(LogLevel.DEBUG);
        log.write(stream, line);

        assertThat(receive()).isEqualTo("<3>0 CD 0\n");
        assertThat(receive()).isEqualTo("<7>1 -- 2\n");
    }

    @Test
    void shouldBuildALineWithoutAllocating() throws ParseProblem {
        context.hook = Hook.LOG;
        LogFormat format =
                new LogFormatParser(new ExpressionParser(SampleNames.standard())).parse(LogFormat.TCP, context);
        LogTarget silent = new LogTarget("nowhere", () -> null, LineHeader.RAW, Facility.LOCAL0, -1, 0, null, 1024, "");
        SessionLog log = new SessionLog(
                new Logger(writer, context.process, "weir", "edge", List.of(silent)),
                formats(format),
                SessionLog.Policy.ALL,
                Set.of());
        LineWriter line = LineWriter.of(new Scratch(1));
        Stream stream = context.process.stream();

        fillThePool();

        Allocation.assertAllocatesNothing(20_000, () -> log.write(stream, line));
    }

    /** Makes all records, so that a slow writer thread does not make the pool grow during the measurement. */
    private void fillThePool() {
        List<LogRecord> records = new ArrayList<>();
        for (LogRecord record = writer.take(); record != null; record = writer.take()) {
            records.add(record);
        }
        records.forEach(writer::giveBack);
    }
}
