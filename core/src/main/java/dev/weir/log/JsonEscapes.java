package dev.weir.log;

import dev.weir.sample.ByteWriter;

/** Characters inside a JSON string of a log line; what is not printable ASCII is escaped byte by byte. No state. */
final class JsonEscapes {
    private JsonEscapes() {}

    /** @param keepsUtf8 whether bytes beyond ASCII stay as they are */
    static void write(int c, boolean keepsUtf8, ByteWriter out) {
        switch (c) {
            case '"' -> out.put("\\\"");
            case '\\' -> out.put("\\\\");
            case '\b' -> out.put("\\b");
            case '\f' -> out.put("\\f");
            case '\n' -> out.put("\\n");
            case '\r' -> out.put("\\r");
            case '\t' -> out.put("\\t");
            default -> {
                if (c >= 32 && c < 127 || keepsUtf8 && c >= 128) {
                    out.put(c);
                } else {
                    out.put("\\u00").putHex(c);
                }
            }
        }
    }
}
