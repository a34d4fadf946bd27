package dev.weir.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.Allocation;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HeadWriterTest {
    private final MessageHead head = Wire.head();
    private final HeadWriter writer = new HeadWriter();
    private final UnsafeBuffer out = Wire.buffer(new byte[2000]);

    private void parseRequest(String text) {
        byte[] bytes = Wire.bytes(text);
        var parser = new RequestHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
        assertThat(parser.parse(Wire.buffer(bytes), bytes.length, head)).isEqualTo(bytes.length);
    }

    private String request() {
        int end = writer.request(head, out, 5);
        return out.getStringWithoutLengthAscii(5, end - 5);
    }

    @Test
    void shouldWriteARequestWithNamesInLowerCase() {
        parseRequest("GET /a HTTP/1.1\r\nHOST:x\r\nX-Some_Long.NAME@Z".replace("@", "^")
                + ":  A b \r\nA:\r\nEtc: Z\r\n\r\n");
        head.add(FieldName.X_FORWARDED_FOR, new UnsafeBuffer(Wire.bytes("1.2.3.4")), 0, 7);

        assertThat(request())
                .isEqualTo("GET /a HTTP/1.1\r\nhost: x\r\nx-some_long.name^z: A b\r\na: \r\netc: Z\r\n"
                        + "x-forwarded-for: 1.2.3.4\r\n\r\n");
    }

    @Test
    void shouldWriteNamesAsTheyCame() {
        writer.keepsCase(true);
        parseRequest("GET /a HTTP/1.0\r\nHOst:x\r\n\r\n");

        assertThat(request()).isEqualTo("GET /a HTTP/1.0\r\nHOst: x\r\n\r\n");
    }

    @Test
    void shouldWriteSomeNamesWithTheirOwnCase() {
        writer.cases(NameCases.of(List.of("Content-Length", "ETag", "WWW-Authenticate")));
        parseRequest("GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nETAG: e\r\n\r\n");

        assertThat(request()).isEqualTo("GET / HTTP/1.1\r\nhost: x\r\nContent-Length: 0\r\nETag: e\r\n\r\n");
    }

    @Test
    void shouldWriteAResponse() {
        byte[] bytes = Wire.bytes("HTTP/1.3 404  Not Found \r\nServer: x\r\n\r\n");
        new ResponseHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX).parse(Wire.buffer(bytes), bytes.length, head);

        int end = writer.response(head, out, 0);

        assertThat(out.getStringWithoutLengthAscii(0, end)).isEqualTo("HTTP/1.1 404 Not Found \r\nserver: x\r\n\r\n");
    }

    @Test
    void shouldWriteAResponseWithoutReason() {
        head.version(MessageHead.HTTP_1_0);
        head.status(200);

        int end = writer.response(head, out, 0);

        assertThat(out.getStringWithoutLengthAscii(0, end)).isEqualTo("HTTP/1.0 200 \r\n\r\n");
    }

    /** Room is asked for with what a start line may have at most, so a little more than the head itself is needed. */
    @Test
    void shouldSayWhenThereIsNoRoom() {
        parseRequest("GET /a HTTP/1.1\r\nHost: example.com\r\nX-Name: value\r\n\r\n");
        int whole = request().length();

        for (int room = 0; room < whole; room++) {
            UnsafeBuffer small = new UnsafeBuffer(out, 0, room);
            assertThat(writer.request(head, small, 0)).isEqualTo(HeadWriter.NO_ROOM);
        }
        assertThat(writer.request(head, new UnsafeBuffer(out, 0, whole), 0)).isEqualTo(whole);

        int ofResponse = writer.response(head, out, 0);
        for (int room = 0; room < ofResponse; room++) {
            assertThat(writer.response(head, new UnsafeBuffer(out, 0, room), 0)).isEqualTo(HeadWriter.NO_ROOM);
        }
    }

    @Test
    void shouldCopyPiecesOfAllLengthsAndNothingBeside() {
        long seed = System.nanoTime();
        System.out.println("HeadWriterTest copies, seed " + seed);
        byte[] from = new byte[300];
        new Random(seed).nextBytes(from);
        UnsafeBuffer source = Wire.buffer(from);
        UnsafeBuffer target = Wire.buffer(new byte[300]);
        for (int length = 0; length < 200; length++) {
            target.setMemory(0, 300, (byte) 7);
            Copies.copy(source.addressOffset() + 3, target.addressOffset() + 5, length);
            check(source, target, length, false, seed);
            target.setMemory(0, 300, (byte) 7);
            Copies.copyLower(source.addressOffset() + 3, target.addressOffset() + 5, length);
            check(source, target, length, true, seed);
        }
    }

    private static void check(UnsafeBuffer source, UnsafeBuffer target, int length, boolean isLower, long seed) {
        for (int i = 0; i < 300; i++) {
            int octet = i >= 5 && i < 5 + length ? source.getByte(i - 2) : 7;
            int expected = isLower && i >= 5 && i < 5 + length ? FieldName.lower(octet) : octet;
            assertThat(target.getByte(i))
                    .as("seed %d, length %d, byte %d", seed, length, i)
                    .isEqualTo((byte) expected);
        }
    }

    @Test
    void shouldParseFrameAndWriteWithoutAllocating() {
        byte[] bytes = Wire.bytes("POST /a HTTP/1.1\r\nHost: x\r\nConnection: close, foo\r\nCookie: a=b; c=d\r\n"
                + "Content-Length: 10\r\nTransfer-Encoding: Chunked\r\nExpect: 100-continue\r\n\r\n");
        UnsafeBuffer request = Wire.buffer(bytes);
        byte[] answer =
                Wire.bytes("HTTP/1.1 200 OK\r\nServer: x\r\nConnection: keep-alive\r\nContent-Length: 10\r\n\r\n");
        UnsafeBuffer response = Wire.buffer(answer);
        byte[] chunks = Wire.bytes("5;a\r\n01234\r\n0\r\nX: y\r\n\r\n");
        UnsafeBuffer body = Wire.buffer(chunks);
        var requests = new RequestHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
        var responses = new ResponseHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
        var framing = new Framing();
        var decoder = new ChunkedDecoder(1000);
        int[] sum = new int[1];

        Allocation.assertAllocatesNothing(10_000, () -> {
            head.clear();
            sum[0] += requests.parse(request, bytes.length / 2, head);
            sum[0] +=
                    requests.parse(request, bytes.length, head) + framing.request(head) + writer.request(head, out, 0);
            decoder.reset();
            sum[0] += decoder.walk(body, 0, chunks.length, null);
            head.clear();
            sum[0] += responses.parse(response, answer.length, head) + framing.response(head, false, false);
            sum[0] += writer.response(head, out, 0);
        });

        assertThat(decoder.isDone()).isTrue();
        assertThat(framing.contentLength()).isEqualTo(10);
        assertThat(sum[0]).isNotZero();
    }
}
