package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;
import static dev.weir.config.parse.Keyword.FRONTEND;

import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.LogFormatLine.Kind;
import dev.weir.config.model.LogLine;
import dev.weir.config.model.ProxyKind;

/** Keywords of proxies for their logs: where lines go, when they are written and what they say. */
final class ProxyLogKeywords {
    private static final int BOTH = DEFAULTS | FRONTEND | BACKEND;

    private ProxyLogKeywords() {}

    static void fill(KeywordTable<ProxyDraft> table) {
        table.supported("log", BOTH, "a target of logs, or `global`", ProxyLogKeywords::log);
        table.supported(
                "log-tag",
                BOTH,
                "the program name in syslog messages",
                (proxy, line) -> proxy.logTag = line.argument("a tag for use in syslog"));
        table.supported("log-format", BOTH, "what the line of a session looks like", (proxy, line) -> {
            var format = format(proxy, line);
            if (format != null) {
                proxy.logFormat(format, "", line);
            }
        });
        table.supported(
                "log-steps",
                BOTH,
                "when lines are written: `accept`, `request`, `connect`, `response`, `close`, or `all`",
                LogStepsKeyword::parse);
        table.supported(
                "log-format-sd",
                BOTH,
                "structured data of RFC 5424 messages",
                (proxy, line) -> proxy.structuredData = format(proxy, line));
        table.supported(
                "error-log-format",
                BOTH,
                "what the line of a failed connection looks like",
                (proxy, line) -> proxy.errorFormat = format(proxy, line));
    }

    private static void log(ProxyDraft proxy, Line line) {
        if (line.isNegated()) {
            proxy.logs.clear();
            return;
        }
        if (line.accept("global")) {
            proxy.logs.addAll(proxy.global.logs);
            return;
        }
        LogLine log = LogKeyword.parse(proxy.global.environment, line);
        if (log != null) {
            proxy.logs.add(log);
        }
    }

    private static LogFormatLine format(ProxyDraft proxy, Line line) {
        if (proxy.kind == ProxyKind.BACKEND) {
            line.warning("backend '" + proxy.name + "' : '" + line.word(0) + "' directive is ignored in backends.");
            line.rest();
            return null;
        }
        String text = line.argument("a format");
        return new LogFormatLine(line.at(), Kind.CUSTOM, text);
    }
}
