package dev.weir.sample.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.sample.Expression;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleNames;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PayloadFetchTest {
    private static final ExpressionParser PARSER = new ExpressionParser(SampleNames.standard());
    private static final byte[] HELLO = ClientHellos.record("www.example.com", List.of("h2", "http/1.1"));
    private static final String WAIT = "(wait)";

    private final TestContext context = new TestContext();
    private final Scratch scratch = new Scratch(1);
    private final Stream stream = context.process.stream();

    private void receive(byte[] bytes, int length) {
        stream.request().show(new UnsafeBuffer(bytes, 0, length), length, false, false);
    }

    private void receive(String bytes) {
        byte[] input = bytes.getBytes(StandardCharsets.ISO_8859_1);
        receive(input, input.length);
    }

    /** The value as text, null if there is none, WAIT if more input could bring one. */
    private String value(String text) throws ParseProblem {
        Expression expression = PARSER.parse(text, context);
        Sample sample = scratch.take();
        String value = null;
        if (expression.evaluateAs(stream, sample, SampleType.STRING)) {
            value = sample.bytes().getStringWithoutLengthUtf8(0, sample.length());
        } else if (sample.mayChange()) {
            value = WAIT;
        }
        scratch.release(sample);
        return value;
    }

    @Test
    void shouldReadTheClientHello() throws ParseProblem {
        receive(HELLO, HELLO.length);

        assertThat(value("req.ssl_hello_type")).isEqualTo("1");
        assertThat(value("req.ssl_sni")).isEqualTo("www.example.com");
        assertThat(value("req.ssl_ver")).isEqualTo(Integer.toString(3 << 16 | 3));
        assertThat(value("req.ssl_alpn")).isEqualTo("h2");
        assertThat(value("req.ssl_ec_ext")).isEqualTo("1");
        assertThat(value("req.ssl_st_ext")).isEqualTo("1");
        assertThat(value("req.ssl_cipherlist,hex")).isEqualTo("13011302");
        assertThat(value("req.ssl_supported_groups,hex")).isEqualTo("001D0017");
        assertThat(value("req.ssl_keyshare_groups,hex")).isEqualTo("001D");
        assertThat(value("req.ssl_sigalgs")).isNull();
    }

    @Test
    void shouldWaitForTheWholeHelloByteByByte() throws ParseProblem {
        for (int length = 0; length < HELLO.length; length++) {
            receive(HELLO, length);

            assertThat(value("req.ssl_sni")).as("%d bytes", length).isEqualTo(WAIT);
            assertThat(value("req.ssl_hello_type")).as("%d bytes", length).isEqualTo(WAIT);
            assertThat(value("req.ssl_ver")).as("%d bytes", length).isEqualTo(WAIT);
        }
    }

    @Test
    void shouldPutTheHelloTogetherFromSeveralRecords() throws ParseProblem {
        byte[] message = ClientHellos.message("www.example.com", List.of("h2"));
        for (int bytesMax = 4; bytesMax < message.length; bytesMax++) {
            byte[] records = ClientHellos.records(message, bytesMax);
            receive(records, records.length);
            assertThat(value("req.ssl_sni")).as("records of %d", bytesMax).isEqualTo("www.example.com");

            receive(records, records.length - 1);
            assertThat(value("req.ssl_sni")).as("records of %d", bytesMax).isEqualTo(WAIT);
        }
    }

    @Test
    void shouldNotWaitForWhatIsNoTls() throws ParseProblem {
        receive("GET / HTTP/1.1\r\n");

        assertThat(value("req.ssl_sni")).isNull();
        assertThat(value("req.ssl_hello_type")).isNull();
    }

    @Test
    void shouldCutOutPayload() throws ParseProblem {
        receive("\0\3abcdef");

        assertThat(value("req.len")).isEqualTo("8");
        assertThat(value("req.payload(2,3)")).isEqualTo("abc");
        assertThat(value("req.payload(5,0)")).isEqualTo("def");
        assertThat(value("req.payload(6,3)")).isEqualTo(WAIT);
        assertThat(value("req.payload_lv(0,2)")).isEqualTo("abc");
        assertThat(value("req.payload_lv(0,2,4)")).isEqualTo("cde");
        assertThat(value("req.payload_lv(0,2,+1)")).isEqualTo("bcd");
        assertThat(value("req.payload_lv(1,1,-1)")).isEqualTo("\3ab");
        assertThat(value("req.payload(0,2),hex")).isEqualTo("0003");
    }

    @Test
    void shouldRecogniseHttp() throws ParseProblem {
        String request = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int length = 1; length < request.length(); length++) {
            receive(request.substring(0, length));
            assertThat(value("req.proto_http")).as("%d bytes", length).isEqualTo(WAIT);
        }

        receive(request);
        assertThat(value("req.proto_http")).isEqualTo("1");

        receive("SSH-2.0-OpenSSH\r\n");
        assertThat(value("req.proto_http")).isNull();
    }

    @Test
    void shouldFindTheRdpCookie() throws ParseProblem {
        receive("\3\0\0\57\52\340\0\0\0\0\0Cookie: mstshash=joe\r\n");

        assertThat(value("req.rdp_cookie")).isEqualTo("joe");
        assertThat(value("req.rdp_cookie(MSTSHASH)")).isEqualTo("joe");
        assertThat(value("req.rdp_cookie(other)")).isNull();
        assertThat(value("req.rdp_cookie_cnt")).isEqualTo("1");
    }

    /** Whatever comes: no exception, and a decision once nothing more can come. */
    private void probe(byte[] input) throws ParseProblem {
        stream.request().show(new UnsafeBuffer(input), input.length, true, false);
        for (Expression expression : everyFetch()) {
            Sample sample = scratch.take();
            boolean isPresent = expression.evaluate(stream, sample);
            for (int i = 0; isPresent && sample.hasMore() && i < 1000; i++) {
                isPresent = expression.evaluateNext(stream, sample);
            }
            assertThat(sample.mayChange()).as(expression.text()).isFalse();
            scratch.release(sample);
        }
    }

    private List<Expression> everyFetch() throws ParseProblem {
        List<Expression> all = new ArrayList<>();
        for (String text : List.of(
                "req.ssl_hello_type",
                "req.ssl_sni",
                "req.ssl_ver",
                "req.ssl_alpn",
                "req.ssl_ec_ext",
                "req.ssl_st_ext",
                "req.ssl_cipherlist",
                "req.ssl_supported_groups",
                "req.ssl_sigalgs",
                "req.ssl_keyshare_groups",
                "req.proto_http",
                "req.rdp_cookie",
                "req.payload(3,4)",
                "req.payload_lv(0,2)",
                "req.payload_lv(1,4,-2)")) {
            all.add(PARSER.parse(text, context));
        }
        return all;
    }

    @Test
    void shouldSurviveMutatedHellos() throws ParseProblem {
        long seed = 20_261_123;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] message = ClientHellos.message("www.example.com", List.of("h2", "http/1.1"));
            byte[] input = ClientHellos.records(message, 4 + random.nextInt(message.length));
            for (int i = random.nextInt(4); i >= 0; i--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt();
            }
            probe(Arrays.copyOf(input, random.nextInt(input.length + 1)));
        }
    }

    @FuzzTest(maxDuration = "10s")
    void shouldSurviveAnything(byte[] input) throws ParseProblem {
        if (input != null) {
            probe(input);
        }
    }
}
