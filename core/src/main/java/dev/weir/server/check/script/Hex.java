package dev.weir.server.check.script;

import dev.weir.sample.ParseProblem;
import java.util.Arrays;

/** Bytes written as hexadecimal digits. No state. */
final class Hex {
    private Hex() {}

    /** Decodes in place. @return how many bytes, or -1 if these are no pairs of digits */
    static int decode(byte[] text, int length) {
        if (length % 2 != 0) {
            return -1;
        }
        for (int i = 0; i < length; i += 2) {
            int high = Character.digit(text[i], 16);
            int low = Character.digit(text[i + 1], 16);
            if (high < 0 || low < 0) {
                return -1;
            }
            text[i / 2] = (byte) (high << 4 | low);
        }
        return length / 2;
    }

    static byte[] parse(String text) throws ParseProblem {
        if (text.length() % 2 != 0) {
            throw new ParseProblem("invalid binary string (an even number of hex digit is expected)");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                throw new ParseProblem("invalid binary string (an hex digit is expected (found '%s'))", text.charAt(i));
            }
        }
        byte[] bytes = ByteStrings.bytes(text);
        return Arrays.copyOf(bytes, decode(bytes, bytes.length));
    }
}
