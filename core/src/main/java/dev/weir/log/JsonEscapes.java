package dev.weir.log;

import dev.weir.sample.ByteWriter;

/** Characters inside a JSON string of a log line; what is not printable ASCII is escaped byte by byte. No state. */
final class JsonEscapes {
    private JsonEscapes() {}

    static void write(int c, ByteWriter out) {
        switch (c) {
            case '"' -> out.put("\\\"");
            case '\\' -> out.put("\\\\");
            case '\b' -> out.put("\\b");
            case '\f' -> out.put("\\f");
            case '\n' -> out.put("\\n");
            case '\r' -> out.put("\\r");
            case '\t' -> out.put("\\t");
            default -> {
                if (c >= 32 && c < 127) {
                    out.put(c);
                } else {
                    out.put("\\u00").putHex(c);
                }
            }
        }
    }
}
