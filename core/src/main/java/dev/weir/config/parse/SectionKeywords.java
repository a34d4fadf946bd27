package dev.weir.config.parse;

import java.util.List;

/** What opens a section. */
final class SectionKeywords {
    /** What a mistyped keyword may have meant. */
    static final List<String> NAMES = List.of(
            "global",
            "defaults",
            "frontend",
            "backend",
            "listen",
            "http-errors",
            "userlist",
            "resolvers",
            "log-profile");

    private SectionKeywords() {}

    static KeywordTable<Void> table() {
        var table = new KeywordTable<Void>("Sections").manual("3");
        table.supported("global", 0, "settings of the process", (none, line) -> {});
        table.manual("4");
        table.supported("defaults", 0, "settings that the proxies after it start with", (none, line) -> {});
        table.supported("frontend", 0, "takes connections", (none, line) -> {});
        table.supported("backend", 0, "has servers", (none, line) -> {});
        table.supported("listen", 0, "frontend and backend in one", (none, line) -> {});
        table.manual("12.4");
        table.supported("http-errors", 0, "a set of error files with a name", (none, line) -> {});
        table.manual("12.1");
        table.supported("userlist", 0, "users, their passwords and groups", (none, line) -> {});
        table.manual("5.3.2");
        table.supported("resolvers", 0, "name servers that are asked at run time", (none, line) -> {});
        table.manual("8.3.5");
        table.supported("log-profile", 0, "what lines look like for `log` lines that name it", (none, line) -> {});
        table.manual("5, 6, 10-12");
        table.known(Topic.STICKINESS, "peers");
        table.known(Topic.CACHE, "cache");
        table.known(Topic.LOGGING, "ring", "log-forward");
        table.known(Topic.TLS, "crt-store", "acme");
        table.known(Topic.ALERTS, "mailers");
        table.known(Topic.OFFLOAD, "fcgi-app", "spoe-agent", "spoe-group", "spoe-message");
        table.known(Topic.NETWORK, "namespace_list");
        table.known(Topic.TUNING, "traces");
        table.known(Topic.CHECKS, "healthcheck");
        table.removed("since HAProxy 3.3, use a process manager instead.", "program");
        return table;
    }
}
