package dev.weir.sample.convert;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;

/**
 * Escapes text for a JSON string, in one of HAProxy's ways of reading the input. Immutable.
 *
 * @param isUtf8 whether bytes are UTF-8 rather than single characters
 * @param skipsErrors whether what is malformed is left out rather than failing
 * @param acceptsOverlong whether characters encoded in more bytes than needed are accepted
 */
record JsonText(boolean isUtf8, boolean skipsErrors, boolean acceptsOverlong) {
    private static final int MALFORMED = -1;

    static JsonText of(String code) throws ParseProblem {
        return switch (code) {
            case "ascii" -> new JsonText(false, false, false);
            case "utf8" -> new JsonText(true, false, false);
            case "utf8s" -> new JsonText(true, true, false);
            case "utf8p" -> new JsonText(true, false, true);
            case "utf8ps" -> new JsonText(true, true, true);
            default ->
                throw new ParseProblem(
                        "Unexpected input code type. Allowed value are 'ascii', 'utf8', 'utf8s', 'utf8p' and 'utf8ps'");
        };
    }

    boolean convert(Sample sample) {
        ByteWriter out = sample.writer();
        int i = 0;
        while (i < sample.length()) {
            int length = isUtf8 ? length(sample, i) : 1;
            int point = isUtf8 ? point(sample, i, length) : sample.byteAt(i);
            if (point == MALFORMED || point > 0xFFFF) {
                if (!skipsErrors) {
                    return false;
                }
            } else {
                write(point, out);
            }
            i += length;
        }
        return sample.string(out);
    }

    /** Bytes of the character that starts there, as far as they follow each other. */
    private static int length(Sample sample, int start) {
        int c = sample.byteAt(start);
        int wanted = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        int length = 1;
        while (length < wanted && start + length < sample.length() && sample.byteAt(start + length) >> 6 == 2) {
            length++;
        }
        return length;
    }

    private int point(Sample sample, int start, int length) {
        int c = sample.byteAt(start);
        if (c < 0x80) {
            return c;
        }
        int wanted = c < 0xC0 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (length != wanted) {
            return MALFORMED;
        }
        int point = c & 0x7F >> wanted;
        for (int i = 1; i < length; i++) {
            point = point << 6 | sample.byteAt(start + i) & 0x3F;
        }
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        boolean isSurrogate = point >= 0xD800 && point <= 0xDFFF;
        return isSurrogate || point < least && !acceptsOverlong ? MALFORMED : point;
    }

    private static void write(int point, ByteWriter out) {
        switch (point) {
            case '"' -> out.put("\\\"");
            case '\\' -> out.put("\\\\");
            case '/' -> out.put("\\/");
            case '\b' -> out.put("\\b");
            case '\f' -> out.put("\\f");
            case '\r' -> out.put("\\r");
            case '\n' -> out.put("\\n");
            case '\t' -> out.put("\\t");
            default -> {
                if (point >= ' ' && point < 127) {
                    out.put(point);
                } else {
                    out.put("\\u");
                    hex(point >> 8, out);
                    hex(point, out);
                }
            }
        }
    }

    private static void hex(int value, ByteWriter out) {
        out.put(Character.forDigit(value >> 4 & 15, 16)).put(Character.forDigit(value & 15, 16));
    }
}
