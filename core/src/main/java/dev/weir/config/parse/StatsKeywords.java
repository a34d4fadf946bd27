package dev.weir.config.parse;

import dev.weir.config.model.StatsSocketLine;

/** {@code stats socket|timeout|maxconn} and {@code anonkey} of the global section: the runtime API. HAProxy manual 3.1. */
final class StatsKeywords {
    private static final long ANONYMITY_KEY_MAX = 0xFFFF_FFFFL;

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
        table.supported(
                "anonkey",
                0,
                "the key that `set anon on` hides names with, unless it says another one",
                StatsKeywords::anonymityKey);
    }

    private static void anonymityKey(GlobalDraft global, Line line) {
        String text = line.argument("a key");
        if (text.isEmpty()) {
            return;
        }
        long key = text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : -1;
        if (key < 0 || key > ANONYMITY_KEY_MAX) {
            line.alert("'anonkey' value must be within range 0-4294967295 (was '" + text + "').");
            return;
        }
        global.anonymityKey = (int) key;
    }
}
