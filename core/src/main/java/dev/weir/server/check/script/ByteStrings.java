package dev.weir.server.check.script;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Texts in which one char is one byte. No state. */
final class ByteStrings {
    private ByteStrings() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] copy(DirectBuffer bytes, int length) {
        byte[] copy = new byte[length];
        bytes.getBytes(0, copy);
        return copy;
    }

    static String of(DirectBuffer bytes, int offset, int length) {
        byte[] copy = new byte[length];
        bytes.getBytes(offset, copy);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }

    /** Up to the first line end. */
    static String firstLine(DirectBuffer bytes) {
        int length = 0;
        while (length < bytes.capacity() && bytes.getByte(length) != '\r' && bytes.getByte(length) != '\n') {
            length++;
        }
        return of(bytes, 0, length);
    }

    /** As the parsers of expressions read it. */
    static String unicode(String text) {
        return new String(bytes(text), StandardCharsets.UTF_8);
    }

    /** Where the bytes begin in it, or -1. */
    static int indexOf(DirectBuffer bytes, byte[] wanted) {
        int last = bytes.capacity() - wanted.length;
        for (int start = 0; start <= last; start++) {
            if (isAt(bytes, start, wanted)) {
                return start;
            }
        }
        return -1;
    }

    private static boolean isAt(DirectBuffer bytes, int start, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.getByte(start + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
