package dev.weir.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    private static final RequestBytes GET = request("GET");
    private static final RequestBytes HEAD = request("HEAD");

    private final ResponseReader reader = new ResponseReader();

    private static RequestBytes request(String method) {
        RequestBytes.Parts parts = new RequestBytes.Parts();
        parts.method = method;
        parts.host = "localhost";
        return RequestBytes.of(parts);
    }

    /** Shows all at once, again with the rest as long as some is used; returns how many bytes were used. */
    private int read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return reader.read(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private void begin() {
        reader.begin(GET, new Expectation());
    }

    @Test
    void shouldReadACountedBody() {
        begin();

        int used = read("HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1");

        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.bodyBytes()).isEqualTo(5);
        assertThat(reader.keepsConnection()).isTrue();
        assertThat(used).isEqualTo("HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello".length());
    }

    @Test
    void shouldReadChunksWithExtensionsAndTrailers() {
        begin();

        read(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n");

        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.bodyBytes()).isEqualTo(14);
    }

    @Test
    void shouldReadToTheEndOfTheStreamWithoutALength() {
        begin();

        read("HTTP/1.1 200 OK\r\n\r\nsome");
        assertThat(reader.isComplete()).isFalse();
        read("thing");

        assertThat(reader.end()).isTrue();
        assertThat(reader.bodyBytes()).isEqualTo(9);
        assertThat(reader.keepsConnection()).isFalse();
    }

    @Test
    void shouldNotBeCompletedByTheEndOfTheStreamInACountedBody() {
        begin();

        read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell");

        assertThat(reader.end()).isFalse();
    }

    @Test
    void shouldPassOverInterimAnswers() {
        begin();

        read(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");

        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void shouldExpectNoBodyWithStatusesThatHaveNone(String status) {
        begin();

        read("HTTP/1.1 " + status + "\r\nContent-Length: 10\r\n\r\n");

        assertThat(reader.isComplete()).isTrue();
    }

    @Test
    void shouldExpectNoBodyAfterHead() {
        reader.begin(HEAD, new Expectation());

        read("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");

        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.bodyBytes()).isZero();
    }

    @Test
    void shouldKnowWhetherTheConnectionStays() {
        begin();
        read("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n");
        assertThat(reader.keepsConnection()).isFalse();

        begin();
        read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(reader.keepsConnection()).isFalse();

        begin();
        read("HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n");
        assertThat(reader.keepsConnection()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
            })
    void shouldCallWhatIsNoAnswerBroken(String text) {
        begin();

        read(text);

        assertThat(reader.isBroken()).isTrue();
        assertThat(reader.mistake()).isNotBlank();
    }

    @Test
    void shouldCallAHeadThatIsTooLongBroken() {
        begin();

        read("HTTP/1.1 200 OK\r\nX: " + "x".repeat(ResponseReader.HEAD_BYTES_MAX));

        assertThat(reader.isBroken()).isTrue();
    }

    /** However the bytes are cut into pieces, the same answers are read. */
    @Test
    void shouldReadTheSameInAnyPieces() {
        List<String> answers = List.of(
                "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 11\r\n\r\nhello world",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nConnection: keep-alive\r\n\r\n4\r\nWiki\r\n1;e\r\n!\r\n0\r\nT: 1\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\nContent-Length: 3\n\nno!",
                "HTTP/1.1 304 Not Modified\r\nETag: 1\r\n\r\n");
        byte[] wire = String.join("", answers).getBytes(StandardCharsets.ISO_8859_1);
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("pieces: -Dweir.test.seed=" + seed);
        Random random = new Random(seed);

        for (int round = 0; round < 2000; round++) {
            assertThat(readInPieces(wire, random)).containsExactly("200:11", "200:5", "503:3", "304:0");
        }
    }

    private List<String> readInPieces(byte[] wire, Random random) {
        List<String> found = new java.util.ArrayList<>();
        int start = 0;
        int end = 0;
        begin();
        while (start < wire.length) {
            end = Math.min(wire.length, end + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
            int used = -1;
            while (used != 0 && start < end) {
                used = reader.read(new UnsafeBuffer(wire), start, end - start);
                start += used;
                if (reader.isComplete()) {
                    found.add(reader.status() + ":" + reader.bodyBytes());
                    begin();
                    used = -1;
                }
            }
        }
        return found;
    }

    /** Damaged answers end in some state, and never outside what was shown. */
    @Test
    void shouldSurviveDamage() {
        byte[] whole =
                ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n4\r\nWiki\r\n0\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("damage: -Dweir.test.seed=" + seed);
        Random random = new Random(seed);

        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = 1 + random.nextInt(bytes.length);
            begin();

            int used = reader.read(new UnsafeBuffer(bytes, 0, length), 0, length);

            assertThat(used).isBetween(0, length);
        }
    }

    @Test
    void shouldSumUpBodies() {
        Expectation crc32 = new Expectation().crc32(0x3610a686L);
        reader.begin(GET, crc32);
        read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
        assertThat(reader.hasExpectedBody()).isTrue();

        reader.begin(GET, crc32);
        read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhallo");
        assertThat(reader.hasExpectedBody()).isFalse();
    }

    @Test
    void shouldDigestBodies() {
        byte[] sha256 =
                java.util.HexFormat.of().parseHex("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        Expectation expectation = new Expectation().sha256(sha256);
        reader.begin(GET, expectation);
        read("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf a body");
        reader.abandon();

        reader.begin(GET, expectation);
        read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

        assertThat(reader.hasExpectedBody()).isTrue();
    }

    @Test
    void shouldWantTheSameBodyEveryTime() {
        Expectation same = new Expectation().sameBody();
        String[] bodies = {"hello", "hello", "hallo", "hello!"};
        boolean[] accepted = new boolean[bodies.length];

        for (int i = 0; i < bodies.length; i++) {
            reader.begin(GET, same);
            read("HTTP/1.1 200 OK\r\nContent-Length: " + bodies[i].length() + "\r\n\r\n" + bodies[i]);
            accepted[i] = reader.hasExpectedBody();
        }

        assertThat(accepted).containsExactly(true, true, false, false);
    }
}
