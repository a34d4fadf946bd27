package dev.weir.config.parse;

import dev.weir.config.model.StatsSocketLine;

/** {@code stats socket|timeout|maxconn} of the global section: the runtime API. HAProxy manual 3.1. */
final class StatsKeywords {
    private StatsKeywords() {}

    static void describe(KeywordTable<GlobalDraft> table) {
        KeywordTable<BindDraft> options = BindOptions.table();
        table.supported("stats socket", 0, "where the runtime API listens", (global, line) -> {
            String text = line.peek();
            BindDraft bind = BindOptions.read(
                    options, new BindDraft(line.at()), global.environment, "global", "stats socket", line);
            if (bind != null) {
                global.statsSockets.add(new StatsSocketLine(
                        text, bind.build(), bind.level, bind.exposesListeners, bind.severityOutput));
            }
        });
        table.supported(
                "stats timeout",
                0,
                "after which a silent client of the runtime API is disconnected",
                (global, line) -> global.statsTimeoutMs = Math.max(0, line.time(1)));
        table.supported(
                "stats maxconn",
                0,
                "clients of the runtime API at a time",
                (global, line) -> global.statsMaxConn = line.integer(1, 1_000_000, global.statsMaxConn));
    }
}
