package dev.weir.sample.fetch;

import dev.weir.sample.Sample;
import dev.weir.stream.InputView;
import org.agrona.DirectBuffer;

/** The version a client hello announces, in the record format of SSLv3 and later or in that of SSLv2. No state. */
final class TlsVersion {
    private static final int LEAST_BYTES = 11;
    private static final int MESSAGE_MAX = 16384 + 2048;

    private TlsVersion() {}

    static boolean fetch(InputView input, Sample out) {
        if (input.length() == 0) {
            return tooShort(input, out);
        }
        int first = input.bytes().getByte(0) & 0xFF;
        return first >= 0x14 && first <= 0x17 || first == 0xFF ? modern(input, out) : ancient(input, out);
    }

    private static boolean tooShort(InputView input, Sample out) {
        out.mayChange(input.mayGrow());
        return false;
    }

    private static boolean modern(InputView input, Sample out) {
        if (input.length() < LEAST_BYTES) {
            return tooShort(input, out);
        }
        DirectBuffer bytes = input.bytes();
        int recordLength = TlsHello.unsigned16(bytes, 3);
        if (bytes.getByte(1) < 3 || recordLength < 6 || recordLength > MESSAGE_MAX) {
            return false;
        }
        return whole(input, 5, recordLength, version(bytes, 9), out);
    }

    private static boolean ancient(InputView input, Sample out) {
        DirectBuffer bytes = input.bytes();
        boolean hasShortHead = (bytes.getByte(0) & 0x80) != 0;
        int head = hasShortHead ? 2 : 3;
        if (input.length() < head + 1) {
            return tooShort(input, out);
        }
        int recordLength = TlsHello.unsigned16(bytes, 0) & (hasShortHead ? 0x7FFF : 0x3FFF);
        int padding = hasShortHead ? 0 : bytes.getByte(2) & 0xFF;
        if (bytes.getByte(head) != 1) {
            return false;
        }
        if (input.length() < head + 9) {
            return tooShort(input, out);
        }
        int cipherBytes = TlsHello.unsigned16(bytes, head + 3);
        int sessionBytes = TlsHello.unsigned16(bytes, head + 5);
        int challengeBytes = TlsHello.unsigned16(bytes, head + 7);
        int body = cipherBytes + sessionBytes + challengeBytes;
        boolean isHello = cipherBytes % 3 == 0
                && (sessionBytes == 0 || sessionBytes == 16)
                && challengeBytes >= 16
                && challengeBytes <= 32
                && recordLength == 9 + body;
        return isHello && whole(input, head + 9, body + padding, version(bytes, head + 1), out);
    }

    /** The message must be there completely, as far as the buffer can hold it. */
    private static boolean whole(InputView input, int start, int length, int version, Sample out) {
        boolean isWhole = input.length() - start >= length || input.isFull();
        return isWhole ? out.integer(version) : tooShort(input, out);
    }

    private static int version(DirectBuffer bytes, int at) {
        return (bytes.getByte(at) & 0xFF) << 16 | bytes.getByte(at + 1) & 0xFF;
    }
}
