package dev.weir.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.protocol.http.MessageHead;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whatever bytes come: nothing is thrown, a split changes nothing, and a head that was accepted and written anew is read again as the
 * same message with the same body, so that who stands behind us cannot see another one. The first byte chooses the mode and the
 * place of the split. A plain test run replays the inputs beside this class;
 * {@code JAZZER_FUZZ=1 mvn test -Dtest='MessageFuzzTest#shouldPassOnWhatWasRead'} looks for new ones.
 */
class MessageFuzzTest {
    private static final int TOLERANT = 0x80;
    private static final int RESPONSE = 0x40;

    @FuzzTest
    void shouldPassOnWhatWasRead(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int mode = input[0];
        byte[] message = new byte[input.length - 1];
        System.arraycopy(input, 1, message, 0, message.length);
        boolean isTolerant = (mode & TOLERANT) != 0;
        boolean isRequest = (mode & RESPONSE) == 0;

        Read read = new Read(isRequest, isTolerant);
        int result = read.whole(message);
        Read inPieces = new Read(isRequest, isTolerant);
        int resultInPieces = inPieces.inPieces(message, 1 + (mode & 0x3F));

        assertThat(resultInPieces).isEqualTo(result);
        if (result > 0) {
            assertThat(Wire.describe(inPieces.head)).isEqualTo(Wire.describe(read.head));
            readAgain(read, isRequest, isTolerant);
        }
    }

    private static void readAgain(Read read, boolean isRequest, boolean isTolerant) {
        if (read.frame() != 0) {
            return;
        }
        byte[] written = read.written();
        Read again = new Read(isRequest, isTolerant);

        assertThat(again.whole(written)).isEqualTo(written.length);
        assertThat(again.frame()).isZero();
        assertThat(again.framing.body()).isEqualTo(read.framing.body());
        assertThat(again.framing.contentLength()).isEqualTo(read.framing.contentLength());
        assertThat(again.written()).isEqualTo(written);
    }

    @FuzzTest
    void shouldFindTheSameEndOfABody(byte[] input) {
        if (input.length < 2) {
            return;
        }
        UnsafeBuffer bytes = Wire.buffer(input);
        int pieceMax = 1 + (input[0] & 0x3F);
        var decoder = new ChunkedDecoder(1000);
        decoder.reset();
        int whole = decoder.walk(bytes, 1, input.length - 1, null);
        boolean isDone = decoder.isDone();
        long data = decoder.dataBytes();

        decoder.reset();
        int sum = 0;
        int walked = 0;
        while (walked >= 0 && sum < input.length - 1 && !decoder.isDone()) {
            walked = decoder.walk(bytes, 1 + sum, Math.min(pieceMax, input.length - 1 - sum), null);
            sum += Math.max(0, walked);
        }

        assertThat(walked < 0 ? walked : sum).isEqualTo(whole);
        assertThat(decoder.isDone()).isEqualTo(isDone);
        assertThat(decoder.dataBytes()).isEqualTo(data);
    }

    /** One reading of one message. */
    private static final class Read {
        final MessageHead head = Wire.head();
        final Framing framing = new Framing();
        private final HeadParser parser;
        private final boolean isRequest;

        Read(boolean isRequest, boolean isTolerant) {
            this.isRequest = isRequest;
            parser = isRequest
                    ? new RequestHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX)
                    : new ResponseHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
            parser.tolerant(isTolerant);
            framing.tolerant(isTolerant);
        }

        int whole(byte[] message) {
            return parser.parse(Wire.buffer(message), Math.min(message.length, 16384), head);
        }

        int inPieces(byte[] message, int pieceMax) {
            UnsafeBuffer bytes = Wire.buffer(message);
            int held = 0;
            int result = HeadParser.INCOMPLETE;
            while (result == HeadParser.INCOMPLETE && held < message.length) {
                held = Math.min(message.length, held + pieceMax);
                result = parser.parse(bytes, held, head);
            }
            return result;
        }

        int frame() {
            return isRequest ? framing.request(head) : framing.response(head, false, false);
        }

        byte[] written() {
            UnsafeBuffer out = Wire.buffer(new byte[40_000]);
            var writer = new HeadWriter();
            int length = isRequest ? writer.request(head, out, 0) : writer.response(head, out, 0);
            byte[] bytes = new byte[length];
            out.getBytes(0, bytes);
            return bytes;
        }
    }
}
