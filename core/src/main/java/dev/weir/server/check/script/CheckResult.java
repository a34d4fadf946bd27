package dev.weir.server.check.script;

/**
 * What a check found. Immutable.
 *
 * @param code what the server answered, such as an HTTP status; 0 for nothing
 * @param info more about it, such as {@code Connection refused}, or null; one char is one byte
 * @param durationMs -1 where nothing was measured
 */
public record CheckResult(CheckStatus status, int code, String info, long durationMs) {
    private static final int INFO_BYTES_MAX = 127;
    private static final String HEX = "0123456789ABCDEF";

    public CheckResult {
        if (info != null && info.length() > INFO_BYTES_MAX) {
            info = info.substring(0, INFO_BYTES_MAX);
        }
    }

    public CheckResult(CheckStatus status, String info, long durationMs) {
        this(status, 0, info, durationMs);
    }

    /** {@code reason: ..., code: ..., info: "...", check duration: ...}, as all messages have it. */
    public String reason() {
        return "reason: " + status.text()
                + (status.hasServerCode() ? ", code: " + code : "")
                + (info == null || info.isEmpty() ? "" : ", info: \"" + escaped(info) + "\"")
                + (durationMs < 0 ? "" : ", check duration: " + durationMs + "ms");
    }

    /** What cannot stand in a line or between quotes is shown as {@code <0A>}. */
    private static String escaped(String info) {
        StringBuilder text = new StringBuilder(info.length());
        for (int i = 0; i < info.length(); i++) {
            char c = info.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '<' && c != '>') {
                text.append(c);
            } else {
                text.append('<')
                        .append(HEX.charAt(c >> 4 & 15))
                        .append(HEX.charAt(c & 15))
                        .append('>');
            }
        }
        return text.toString();
    }
}
