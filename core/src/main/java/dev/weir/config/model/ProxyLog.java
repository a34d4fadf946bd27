package dev.weir.config.model;

import dev.weir.stream.LogOrigin;
import java.util.List;
import java.util.Set;

/**
 * Logging of one proxy.
 *
 * @param lines its targets; those of {@code log global} are copied in already
 * @param tag {@code log-tag}, empty for the process's
 * @param format what a session's line looks like; null for the default format
 * @param structuredData {@code log-format-sd}, null if none
 * @param errorFormat {@code error-log-format}, null if none
 * @param steps {@code log-steps}, empty if nothing is said
 */
public record ProxyLog(
        List<LogLine> lines,
        String tag,
        LogFormatLine format,
        LogFormatLine structuredData,
        LogFormatLine errorFormat,
        Set<LogOrigin> steps) {}
