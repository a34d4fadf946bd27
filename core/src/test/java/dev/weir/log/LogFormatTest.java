package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {
    private static final LogFormatParser PARSER = new LogFormatParser(new ExpressionParser(SampleNames.standard()));

    private final TestContext context = new TestContext();
    private final LineWriter line = new LineWriter(new Scratch(1));
    private final Stream stream = context.process.stream();

    @BeforeEach
    void finishTheSession() {
        context.hook = Hook.LOG;
        stream.backend(context.process.backend);
        stream.server(context.process.server);
        stream.serverSide().connectionSource().ipv4(0x0A000001, 40000);
        stream.serverSide().connectionDestination().ipv4(0x0A000002, 80);
        stream.times().handshakeNs = 0;
        stream.times().queueNs = 3_000_000;
        stream.times().connectNs = 5_000_000;
        stream.times().closeNs = 1_005_000_000;
        stream.counts().bytesIn = 11;
        stream.counts().bytesOut = 222;
        stream.counts().processConnections = 4;
        stream.counts().frontendConnections = 3;
        stream.counts().backendConnections = 2;
        stream.counts().serverConnections = 1;
        stream.ended(Cause.CLIENT_TIMEOUT, Phase.DATA);
    }

    private String line(String format) throws ParseProblem {
        ByteWriter out = new ByteWriter(16, 4096);
        PARSER.parse(format, context).write(stream, line, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            %ci:%cp [%T] %ft ; 192.0.2.7:1234 [14/Nov/2023:22:13:20 +0000] fe
            %b/%s %Tw/%Tc/%Td/%Tt %B %U %ts %tsc ; be/s1 3/2/1000/1005 222 11 cD cD--
            %ac/%fc/%bc/%sc/%rc %sq/%bq ; 4/3/2/1/0 0/0
            %bi:%bp %si:%sp %fi:%fp ; 10.0.0.1:40000 10.0.0.2:80 198.51.100.1:443
            %H %pid %Ts %ms %lc %rt ; edge 4242 1700000000 123 0 7
            %{+X}pid %{+X}ci %{+X}cp %{+X}Ts %{+X}rt ; 1092 C0000207 04D2 6553F100 0007
            %{+Q}o %b %Tc %ts %{-Q}s ; "be" 2 cD s1
            a%%b   c%[int(5)] %{+Q}[int(5)] ; a%b c5 "5"
            %[var(txn.none)] %{+Q}[var(txn.none)] ; - ""
            %[str("a b\\"c#d")] %{+E}[str("a\\"b]")] ; a b"c#d a\\"b\\]
            %{+Q}o%ci%cp x=%[int(1)]%%%B ; "192.0.2.7"1234 x="1"%222
            %(n:sint)[str(12)] %(q){+Q}ci ; 12 "192.0.2.7"
            %{+json}o text %(x)b %(tc)Tc %(z)[var(txn.q)] %(k)[int(3)] %(b)[bool(true)] %(s)[str(a\\"b)] ; {"x": "be", "tc": 2, "z": "", "k": 3, "b": true, "s": "a\\"b"}
            %{+json}o %(a){+X}ci %(n:str)[int(5)] %(n2:sint)[str(5x)] %(f)[src] %(e)[str("a\\nb/\\\\")] ; {"a": "C0000207", "n": "5", "n2": 5, "f": "192.0.2.7", "e": "a\\nb/\\\\"}
            """)
    void shouldWriteWhatHaproxyWrites(String format, String expected) throws ParseProblem {
        assertThat(line(format)).isEqualTo(expected);
    }

    @Test
    void shouldWriteTheTcpLog() throws ParseProblem {
        assertThat(line(LogFormat.TCP))
                .matches("192\\.0\\.2\\.7:1234 \\[\\d\\d/Nov/2023:\\d\\d:\\d\\d:20\\.123] fe be/s1 3/2/1005 222 cD"
                        + " 4/3/2/1/0 0/0");
        assertThat(line(LogFormat.DEFAULT_TCP)).isEqualTo("Connect from 192.0.2.7:1234 to 198.51.100.1:443 (fe/TCP)");
    }

    @Test
    void shouldMarkNumbersThatStillGrow() throws ParseProblem {
        ByteWriter out = new ByteWriter(16, 4096);

        PARSER.parse("%Tt %B %U", context).write(stream, line, out, true);

        assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8))
                .isEqualTo("+1005 +222 11");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            %zz ; no such format alias 'zz'. If you wanted to emit the '%' character verbatim, you need to use '%%'.
            abc% ; truncated line after '%'.
            %[src ; missing ']' after 'src'.
            %[srcc] ; failed to parse sample expression <srcc]> : unknown fetch method 'srcc' (nearest: 'src')
            %{+Z}ci ; unknown log-format flag 'Z'
            """)
    void shouldSayWhatIsWrong(String format, String message) {
        assertThatThrownBy(() -> line(format)).isInstanceOf(ParseProblem.class).hasMessage(message);
    }
}
