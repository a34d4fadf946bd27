package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.http.FieldName;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.stream.CapturePlan;
import dev.weir.stream.CapturePlan.Slot;
import dev.weir.stream.Exchanges;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lines show of HTTP exchanges. The expected lines are those that HAProxy 3.2 wrote for the same exchanges. */
class HttpLogTest {
    private static final LogFormatParser PARSER = new LogFormatParser(new ExpressionParser(SampleNames.standard()));
    private static final CapturePlan PLAN = new CapturePlan(
            64,
            new Slot[] {new Slot(FieldName.of("A"), 20), new Slot(FieldName.of("B"), 20)},
            new Slot[] {new Slot(FieldName.of("content-length"), 5)},
            new CapturePlan.Cookie("x".getBytes(StandardCharsets.US_ASCII), 10));

    private final TestContext context = new TestContext();
    private final LineWriter line = new LineWriter(new Scratch(1));
    private Stream stream = context.process.stream();

    private void exchange(String target) {
        context.hook = Hook.LOG;
        context.process.frontend.capturePlan = PLAN;
        Exchanges.request(
                stream, "GET " + target + " HTTP/1.1\r\nHost: h\r\nCookie: x=a]{|}; y=1\r\nA: 1|2{}\"\u0080\r\n\r\n");
        stream.backend(context.process.backend);
        stream.server(context.process.server);
        Exchanges.response(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var times = stream.times();
        times.handshakeNs = 1_000_000;
        times.idleNs = 2_000_000;
        times.requestNs = 5_000_000;
        times.queueNs = 9_000_000;
        times.connectNs = 14_000_000;
        times.responseNs = 20_000_000;
        times.closeNs = 30_000_000;
    }

    private String line(String format) throws ParseProblem {
        ByteWriter out = new ByteWriter(16, 4096);
        PARSER.parse(format, context).write(stream, line, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            %r|%HM|%HU|%HP|%HPO|%HQ|%HV ~ GET /a#22b?c=d HTTP/1.1|GET|/a#22b?c=d|/a#22b|/a#22b|?c=d|HTTP/1.1
            %{+Q}r %{+E}HU %{+Q,+E}HU   ~ "GET /a#22b?c=d HTTP/1.1" /a#22b?c=d "/a#22b?c=d"
            %ST %tsc %CC %CS            ~ 200 ---- x=a]{|} -
            %{+Q}CC %{+Q}CS %{+E}CC     ~ "x=a]{|}" "" x=a\\]{|}
            %hr %hs %hrl %hsl           ~ {1#7C2#7B#7D#22#80|} {2} 1#7C2#7B#7D#22#80 - 2
            %{+Q}hr %{+Q}hrl            ~ "{1#7C2#7B#7D#22#80|}" "1#7C2#7B#7D#22#80" ""
            %Th/%Ti/%TR/%Tq/%Tw/%Tc/%Tr/%Td/%Ta/%Tt/%Tu ~ 1/2/2/5/4/5/6/10/27/30/28
            %[capture.req.hdr(0)] %[capture.req.hdr(1)] %[capture.req.uri] %[capture.req.method] %[capture.req.ver] ~ 1|2{}"\u0080 - /a"b?c=d GET HTTP/1.1
            %[method] %[status] %[capture.res.hdr(0)] %[http_first_req] ~ GET 200 2 1
            %{+json}o %(hr)hr %(hrl)hrl %(hsl)hsl %(r)r %(st)ST %(s:str)ST %(cs)CS ~ {"hr": "{1#7C2#7B#7D#22#80|}", "hrl": ["1#7C2#7B#7D#22#80", "-"], "hsl": ["2"], "r": "GET /a#22b?c=d HTTP/1.1", "st": 200, "s": "200", "cs": ""}
            %{+cbor}o %(hr)hrl %(st)ST %(n)[int(-5)] %(v)[var(txn.q)] ~ BF6268729F7F613163233743613263233742606323374460632332326063233830FF7F612DFFFF62737418C8616E246176F6FF
            """)
    void shouldWriteWhatHaproxyWrites(String format, String expected) throws ParseProblem {
        exchange("/a\"b?c=d");

        assertThat(line(format)).isEqualTo(expected);
    }

    @Test
    void shouldCutLongRequestLines() throws ParseProblem {
        exchange("/" + "x".repeat(50) + "?y");
        assertThat(line("%r|%HQ|%HV|%HM")).isEqualTo("GET /" + "x".repeat(50) + "?y HTTP/1|?y|HTTP/1|GET");

        stream = context.process.stream();
        exchange("/" + "x".repeat(80) + "?y");
        assertThat(line("%r|%HQ|%HV|%HM")).isEqualTo("GET /" + "x".repeat(59) + "||HTTP/0.9|GET");
    }

    @Test
    void shouldTellARequestThatCouldNotBeRead() throws ParseProblem {
        context.hook = Hook.LOG;
        context.process.frontend.capturePlan = PLAN;
        stream.exchange(101, 16384).start(1);
        stream.http().status(400);

        assertThat(line("%r|%HM|%HQ|%HV|%ST|%hr|%hrl|%CC|%TR|%b/%s"))
                .isEqualTo("<BADREQ>|<BADREQ>|<BADREQ>|<BADREQ>|400|||-|-1|fe/<NOSRV>");
    }

    @Test
    void shouldWriteTheUsualLines() throws ParseProblem {
        exchange("/a?b=1");

        assertThat(line(LogFormat.HTTP))
                .matches("192\\.0\\.2\\.7:1234 \\[[^]]+] fe be/s1 2/4/5/6/27 200 0 x=a]\\{\\|} - ---- 0/0/0/0/0 0/0"
                        + " \\{1#7C2#7B#7D#22#80\\|} \\{2} \"GET /a\\?b=1 HTTP/1\\.1\"");
        assertThat(line(LogFormat.HTTPS)).endsWith("\"GET /a?b=1 HTTP/1.1\" 0/-/-/-/0 -/-/-");
        assertThat(line(LogFormat.HTTP_CLF))
                .startsWith("192.0.2.7 - - [")
                .contains("\"GET /a?b=1 HTTP/1.1\" 200 0 \"\" \"\" 1234 ")
                .endsWith(" \"x=a]{|}\" \"\" \"1#7C2#7B#7D#22#80\" \"\" \"2\"");
    }
}
