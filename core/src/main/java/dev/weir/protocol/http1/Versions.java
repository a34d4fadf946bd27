package dev.weir.protocol.http1;

import dev.weir.protocol.http.MessageHead;
import org.agrona.DirectBuffer;

/** The version in a start line: {@code HTTP/1.1}, as {@link MessageHead#version()} has it. */
final class Versions {
    private static final int LENGTH = 8;
    private static final byte[] NAME = {'H', 'T', 'T', 'P', '/'};
    static final long HTTP_1_1 = 0x312E312F50545448L;
    static final long HTTP_1_0 = 0x302E312F50545448L;

    private Versions() {}

    /** Version of the eight bytes of a word, -1 if they are neither 1.1 nor 1.0. */
    static int usual(long word) {
        if (word == HTTP_1_1) {
            return MessageHead.HTTP_1_1;
        }
        return word == HTTP_1_0 ? MessageHead.HTTP_1_0 : -1;
    }

    /**
     * @param isTolerant any name of a version will do, as in HAProxy: what is not at least 1.1 is 1.0
     * @return version, or the code of a fault
     */
    static int parse(DirectBuffer bytes, int offset, int length, boolean isTolerant) {
        if (length != LENGTH || !isNamed(bytes, offset)) {
            return isTolerant ? MessageHead.HTTP_1_0 : HeadFault.BAD_VERSION.code();
        }
        int major = bytes.getByte(offset + 5) - '0';
        int minor = bytes.getByte(offset + 7) - '0';
        if (major != 1) {
            return isTolerant
                    ? (major > 1 ? MessageHead.HTTP_1_1 : MessageHead.HTTP_1_0)
                    : HeadFault.UNSUPPORTED_VERSION.code();
        }
        return major << 8 | minor;
    }

    private static boolean isNamed(DirectBuffer bytes, int offset) {
        for (int i = 0; i < NAME.length; i++) {
            if (bytes.getByte(offset + i) != NAME[i]) {
                return false;
            }
        }
        return Octets.isDigit(bytes.getByte(offset + 5))
                && bytes.getByte(offset + 6) == '.'
                && Octets.isDigit(bytes.getByte(offset + 7));
    }
}
