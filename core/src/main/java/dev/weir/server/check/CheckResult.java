package dev.weir.server.check;

/**
 * What a check found. Immutable.
 *
 * @param info more about it, such as {@code Connection refused}, or null
 * @param durationMs -1 where nothing was measured
 */
public record CheckResult(CheckStatus status, String info, long durationMs) {
    /** {@code reason: ..., info: "...", check duration: ...}, as all messages have it. */
    String reason() {
        return "reason: " + status.text()
                + (info == null ? "" : ", info: \"" + info + "\"")
                + (durationMs < 0 ? "" : ", check duration: " + durationMs + "ms");
    }
}
