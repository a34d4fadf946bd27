package dev.weir.sample;

/** Base64 (RFC 4648) of samples, in place. No state. */
public final class Base64Text {
    public static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    public static final String URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Text() {}

    /** Replaces bytes by their text. */
    public static boolean encode(Sample sample, String alphabet, boolean isPadded) {
        ByteWriter out = sample.writer();
        int length = sample.length();
        for (int i = 0; i < length; i += 3) {
            int bits = sample.byteAt(i) << 16
                    | (i + 1 < length ? sample.byteAt(i + 1) << 8 : 0)
                    | (i + 2 < length ? sample.byteAt(i + 2) : 0);
            int characters = Math.min(3, length - i) + 1;
            for (int j = 0; j < characters; j++) {
                out.put(alphabet.charAt(bits >> 18 - 6 * j & 63));
            }
            for (int j = characters; isPadded && j < 4; j++) {
                out.put('=');
            }
        }
        return sample.string(out);
    }

    /** Replaces a text by its bytes; false if it is none. */
    public static boolean decode(Sample sample, String alphabet, boolean needsPadding) {
        int length = sample.length();
        if (needsPadding && length % 4 != 0) {
            return false;
        }
        while (length > 0 && length > sample.length() - 2 && sample.byteAt(length - 1) == '=') {
            length--;
        }
        if (length % 4 == 1) {
            return false;
        }
        ByteWriter out = sample.writer();
        int bits = 0;
        for (int i = 0; i < length; i++) {
            int value = valueOf(sample.byteAt(i), alphabet);
            if (value < 0) {
                return false;
            }
            bits = bits << 6 | value;
            if (i % 4 != 0) {
                out.put(bits >> 2 * (3 - i % 4));
            }
        }
        return sample.binary(out);
    }

    private static int valueOf(int c, String alphabet) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == alphabet.charAt(62) ? 62 : c == alphabet.charAt(63) ? 63 : -1;
    }
}
