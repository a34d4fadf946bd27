package dev.weir.cli.command;

/** Bytes of a message as HAProxy shows them: lines with the offset in front, what is not visible as an escape. No state. */
final class MessageDump {
    private static final int LINE_CHARS_MAX = 70;

    private MessageDump() {}

    static void write(byte[] bytes, StringBuilder out) {
        int at = 0;
        boolean isContinued = false;
        while (at < bytes.length) {
            out.append("  %05d".formatted(at)).append(isContinued ? "+ " : "  ");
            int start = out.length();
            boolean isEnded = false;
            while (at < bytes.length && !isEnded && out.length() - start < LINE_CHARS_MAX) {
                isEnded = bytes[at] == '\n';
                append(bytes[at++], out);
            }
            isContinued = !isEnded;
            out.append('\n');
        }
    }

    private static void append(byte octet, StringBuilder out) {
        switch (octet) {
            case '\r' -> out.append("\\r");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case 0x1B -> out.append("\\e");
            case '\\' -> out.append("\\\\");
            default -> {
                if (octet >= ' ' && octet < 0x7F) {
                    out.append((char) octet);
                } else {
                    out.append("\\x%02X".formatted(octet));
                }
            }
        }
    }
}
