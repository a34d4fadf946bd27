package dev.weir.config.parse;

import dev.weir.config.model.ServerStateSource;

/** Files that servers take their state from at the start. HAProxy manual 3.1, 4.2. */
final class ServerStateKeywords {
    private static final int BACK = Keyword.DEFAULTS | Keyword.BACKEND;

    private ServerStateKeywords() {}

    static void fillGlobal(KeywordTable<GlobalDraft> table) {
        table.supported(
                "server-state-base",
                0,
                "folder of server state files",
                (global, line) -> global.serverStateBase = line.argument("a directory"));
        table.supported(
                "server-state-file",
                0,
                "what `show servers state` wrote, for `load-server-state-from-file global`",
                (global, line) -> global.serverStateFile = line.argument("a file name"));
        table.supported(
                "stats-file",
                0,
                "what `dump stats-file` wrote: counters of what has a `guid` begin there, at the start of the process",
                (global, line) -> global.statsFile = line.argument("a file path"));
    }

    static void fill(KeywordTable<ProxyDraft> table) {
        table.supported(
                "load-server-state-from-file",
                BACK,
                "whether servers take their state from a file at the start: `global`, `local`, `none`",
                ServerStateKeywords::source);
        table.supported(
                "server-state-file-name",
                BACK,
                "the file of `load-server-state-from-file local`; without it, or `use-backend-name`, the backend's name",
                (proxy, line) -> {
                    String name = line.hasNext() ? line.next() : "use-backend-name";
                    proxy.stateSource = new ServerStateSource(
                            proxy.stateSource.kind(), name.equals("use-backend-name") ? "" : name);
                });
    }

    private static void source(ProxyDraft proxy, Line line) {
        String word = line.hasNext() ? line.next() : "";
        switch (word) {
            case "global" -> kind(proxy, ServerStateSource.Kind.GLOBAL);
            case "local" -> kind(proxy, ServerStateSource.Kind.LOCAL);
            case "none" -> kind(proxy, ServerStateSource.Kind.NONE);
            default ->
                line.alert("'load-server-state-from-file' expects 'global', 'local' or 'none' as argument (got '" + word
                        + "').");
        }
    }

    private static void kind(ProxyDraft proxy, ServerStateSource.Kind kind) {
        proxy.stateSource = new ServerStateSource(kind, proxy.stateSource.fileName());
    }
}
