package dev.weir.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.http.MessageHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * However a message is split, and whether its bytes lie in native memory, where whole lines are taken fast, or on the heap, where all
 * is walked byte by byte: the result is the same. Messages are those of the tables and random changes of them.
 */
class SplitTest {
    private static final int MUTANTS = Integer.getInteger("weir.mutants", 20_000);
    private static final int SPLITS = 3;
    /** Bytes that mean something to a parser, more likely than others. */
    private static final byte[] SPECIAL =
            Wire.bytes("\r\n\t :;,\0/?#*\"\\%=@[]{}()0123456789aAzZ_-.\u007f\u0080\u00ff");

    private final MessageHead head = Wire.head();

    private interface Parse {
        HeadParser parser();
    }

    @Test
    void shouldParseHeadsTheSameHoweverTheyAreSplit() throws IOException {
        long seed = System.nanoTime();
        System.out.println("SplitTest heads, seed " + seed);
        Random random = new Random(seed);
        List<byte[]> requests = bytesOf("request-cases.txt");
        List<byte[]> responses = bytesOf("response-cases.txt");

        for (int i = 0; i < MUTANTS; i++) {
            boolean isTolerant = random.nextBoolean();
            boolean isRequest = random.nextInt(3) > 0;
            List<byte[]> cases = isRequest ? requests : responses;
            byte[] message = mutant(cases.get(random.nextInt(cases.size())), random);
            checkHead(message, () -> isRequest ? request(isTolerant) : response(isTolerant), random, seed);
        }
    }

    private static HeadParser request(boolean isTolerant) {
        var parser = new RequestHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
        parser.tolerant(isTolerant);
        return parser;
    }

    private static HeadParser response(boolean isTolerant) {
        var parser = new ResponseHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
        parser.tolerant(isTolerant);
        return parser;
    }

    private void checkHead(byte[] message, Parse parse, Random random, long seed) {
        String whole = result(parse.parser(), Wire.buffer(message), message.length, message.length);
        String onHeap = result(parse.parser(), new UnsafeBuffer(message), message.length, message.length);
        assertThat(onHeap).as("seed %d, on the heap: %s", seed, shown(message)).isEqualTo(whole);
        for (int i = 0; i < SPLITS; i++) {
            int pieceMax = 1 + random.nextInt(random.nextBoolean() ? 3 : 64);
            String split = splitResult(parse.parser(), message, pieceMax, random);
            assertThat(split)
                    .as("seed %d, in pieces of up to %d: %s", seed, pieceMax, shown(message))
                    .isEqualTo(whole);
        }
    }

    private String result(HeadParser parser, DirectBuffer bytes, int length, int held) {
        head.clear();
        int result = parser.parse(bytes, held, head);
        return describe(parser, result);
    }

    /** Bytes come in pieces, and each time they lie elsewhere. */
    private String splitResult(HeadParser parser, byte[] message, int pieceMax, Random random) {
        head.clear();
        int held = 0;
        int result = HeadParser.INCOMPLETE;
        while (result == HeadParser.INCOMPLETE && held < message.length) {
            held = Math.min(message.length, held + 1 + random.nextInt(pieceMax));
            byte[] received = new byte[held];
            System.arraycopy(message, 0, received, 0, held);
            result = parser.parse(Wire.buffer(received), held, head);
        }
        return describe(parser, result);
    }

    /** A refused head leaves its pieces behind as they came. */
    private String describe(HeadParser parser, int result) {
        return result > 0
                ? result + "\n" + Wire.describe(head)
                : result < 0 ? HeadFault.of(result) + " at " + parser.position() : "INCOMPLETE";
    }

    @Test
    void shouldWalkChunksTheSameHoweverTheyAreSplit() {
        long seed = System.nanoTime();
        System.out.println("SplitTest chunks, seed " + seed);
        Random random = new Random(seed);

        for (int i = 0; i < MUTANTS; i++) {
            byte[] body = random.nextInt(4) == 0 ? chunks(random) : mutant(chunks(random), random);
            String whole = walked(body, body.length, random);
            for (int split = 0; split < SPLITS; split++) {
                int pieceMax = 1 + random.nextInt(random.nextBoolean() ? 3 : 64);
                assertThat(walked(body, pieceMax, random))
                        .as("seed %d, in pieces of up to %d: %s", seed, pieceMax, shown(body))
                        .isEqualTo(whole);
            }
        }
    }

    private static byte[] chunks(Random random) {
        StringBuilder body = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            int length = 1 + random.nextInt(40);
            body.append(random.nextBoolean() ? "0" : "").append(Integer.toHexString(length));
            body.append(random.nextBoolean() ? " ;a=\"b\"" : "").append("\r\n");
            body.append("x\r\n0".repeat(10), 0, length).append("\r\n");
        }
        body.append("0\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            body.append("X-Trailer: a\r\n");
        }
        return Wire.bytes(body.append("\r\nGET / HTTP/1.1\r\n").toString());
    }

    /** The data, the length of the body and how it ended. */
    private static String walked(byte[] body, int pieceMax, Random random) {
        var decoder = new ChunkedDecoder(1000);
        decoder.reset();
        var data = new StringBuilder();
        int at = 0;
        while (at < body.length && !decoder.isDone()) {
            int count = Math.min(body.length - at, pieceMax == body.length ? pieceMax : 1 + random.nextInt(pieceMax));
            int walked = decoder.walk(
                    Wire.buffer(body),
                    at,
                    count,
                    (bytes, offset, length) -> data.append(bytes.getStringWithoutLengthAscii(offset, length)));
            if (walked < 0) {
                return HeadFault.of(walked) + " behind " + data;
            }
            at += walked;
        }
        return at + (decoder.isDone() ? " done " : " open ") + decoder.dataBytes() + " " + data;
    }

    // ---- messages ----

    private static List<byte[]> bytesOf(String resource) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (MessageCase message : MessageCase.read(resource)) {
            if (message.bytes().length < 2000) {
                messages.add(message.bytes());
            }
        }
        return messages;
    }

    private static byte[] mutant(byte[] message, Random random) {
        List<Byte> bytes = new ArrayList<>();
        for (byte octet : message) {
            bytes.add(octet);
        }
        for (int i = random.nextInt(4); i > 0 && !bytes.isEmpty(); i--) {
            int at = random.nextInt(bytes.size());
            byte octet = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : SPECIAL[random.nextInt(SPECIAL.length)];
            switch (random.nextInt(3)) {
                case 0 -> bytes.set(at, octet);
                case 1 -> bytes.add(at, octet);
                default -> bytes.remove(at);
            }
        }
        byte[] mutant = new byte[bytes.size()];
        for (int i = 0; i < mutant.length; i++) {
            mutant[i] = bytes.get(i);
        }
        return mutant;
    }

    private static String shown(byte[] message) {
        StringBuilder text = new StringBuilder();
        for (byte octet : message) {
            text.append(octet >= ' ' && octet < 0x7F && octet != '\\' ? "" + (char) octet : "\\x%02x".formatted(octet));
        }
        return text.toString();
    }
}
