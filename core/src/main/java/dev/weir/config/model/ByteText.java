package dev.weir.config.model;

import java.nio.charset.StandardCharsets;

/** Between byte strings of a configuration (one char is one byte) and Java's own text. */
public final class ByteText {
    private ByteText() {}

    /** What a person or the file system calls it: the bytes read as UTF-8. */
    public static String toNative(String byteString) {
        return isAscii(byteString)
                ? byteString
                : new String(byteString.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The byte string of a text that did not come from a configuration, such as an environment variable. */
    public static String fromNative(String text) {
        return isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
