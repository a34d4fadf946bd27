package dev.weir.config.parse;

import dev.weir.config.model.RuleLine;
import dev.weir.config.model.RuleSet;
import java.util.List;

/**
 * What a rule may do, by rule set. The grammar of an action's arguments and of conditions belongs to the packages that run
 * them; here a word is told apart as supported, known or a mistake.
 */
final class RuleActions {
    private static final String[] HTTP_SETS = {"http-request", "http-response", "http-after-response"};

    private RuleActions() {}

    static KeywordTable<ProxyDraft> table() {
        var table = new KeywordTable<ProxyDraft>("Actions of `tcp-request` and `tcp-response` rules").manual("4.4");
        verdicts(table);
        changes(table);
        String[] sets = {"connection", "session", "content", "response"};
        for (String set : sets) {
            table.known(
                    Topic.STICKINESS,
                    set + " sc-add-gpc",
                    set + " sc-inc-gpc",
                    set + " sc-inc-gpc0",
                    set + " sc-inc-gpc1",
                    set + " sc-set-gpt",
                    set + " sc-set-gpt0");
            table.known(Topic.LOGGING, set + " do-log");
            table.known(Topic.NETWORK, set + " set-mark", set + " set-tos", set + " set-fc-mark", set + " set-fc-tos");
        }
        for (String set : List.of("connection", "session", "content")) {
            table.known(
                    Topic.STICKINESS, set + " track-sc0", set + " track-sc1", set + " track-sc2", set + " track-sc");
        }
        table.known(
                Topic.RULES,
                "connection capture",
                "content capture",
                "content ot-group",
                "response ot-group",
                "content set-bandwidth-limit",
                "response set-bandwidth-limit",
                "content set-nice",
                "response set-nice",
                "content set-retries",
                "content set-log-level",
                "response set-log-level",
                "content set-priority-class",
                "content set-priority-offset",
                "content use-service",
                "connection reject-tarpit");
        table.known(Topic.OFFLOAD, "content send-spoe-group", "response send-spoe-group");
        table.known(
                Topic.NETWORK,
                "connection expect-netscaler-cip",
                "session attach-srv",
                "content set-bc-mark",
                "content set-bc-tos");
        table.known(Topic.HTTP, "content switch-mode");
        table.known(Topic.DNS, "content do-resolve");
        return table;
    }

    private static void verdicts(KeywordTable<ProxyDraft> table) {
        for (String set : List.of("connection", "session", "content", "response")) {
            add(table, set, "accept", "lets it pass; no further rule of the set is looked at");
            add(table, set, "reject", "closes the connection");
            add(table, set, "silent-drop", "forgets the connection without telling the client");
        }
        add(table, "connection", "expect-proxy", "`layer4`: a PROXY header has to come first");
        add(table, "response", "close", "closes the connection to the server");
    }

    private static void changes(KeywordTable<ProxyDraft> table) {
        for (String set : List.of("connection", "session", "content", "response")) {
            add(table, set, "set-var", "stores a sample in a variable");
            add(table, set, "set-var-fmt", "stores a formatted text in a variable");
            add(table, set, "unset-var", "removes a variable");
        }
        for (String set : List.of("connection", "session", "content")) {
            add(table, set, "set-src", "replaces the client's address");
            add(table, set, "set-src-port", "replaces the client's port");
            add(table, set, "set-dst", "replaces the destination address");
            add(table, set, "set-dst-port", "replaces the destination port");
        }
    }

    private static void add(KeywordTable<ProxyDraft> table, String set, String action, String note) {
        table.supported(set + ' ' + action, 0, note, (proxy, line) -> {});
    }

    /** A rule of the set; the line stands behind the set's name. */
    static void parse(KeywordTable<ProxyDraft> table, RuleSet set, ProxyDraft proxy, Line line) {
        int start = line.cursor();
        String word = line.next();
        if (word.isEmpty()) {
            line.alert("'" + set.keyword() + "' expects an action.");
            return;
        }
        String prefix = prefix(set);
        int parenthesis = word.indexOf('(');
        String action = parenthesis < 0 ? word : word.substring(0, parenthesis);
        var keyword = table.find(prefix + ' ' + action);
        if (keyword == null && action.startsWith("track-sc")) {
            keyword = table.find(prefix + " track-sc");
        }
        if (keyword == null) {
            var nearest = nearest(table, prefix, action);
            line.alert("'" + set.keyword() + "' : unknown action '" + action + "'" + nearest.hint());
            line.rest();
            return;
        }
        if (keyword.state() != Keyword.State.SUPPORTED) {
            table.apply(keyword, proxy, line, set.keyword());
            return;
        }
        line.moveTo(start);
        proxy.rules.add(new RuleLine(line.at(), set, line.rest()));
    }

    private static Nearest nearest(KeywordTable<ProxyDraft> table, String prefix, String action) {
        var nearest = new Nearest(action);
        for (var row : table.rows()) {
            if (row.name().startsWith(prefix + ' ')) {
                nearest.offer(row.name().substring(prefix.length() + 1));
            }
        }
        return nearest;
    }

    private static String prefix(RuleSet set) {
        return switch (set) {
            case TCP_REQUEST_CONNECTION -> "connection";
            case TCP_REQUEST_SESSION -> "session";
            case TCP_REQUEST_CONTENT -> "content";
            case TCP_RESPONSE_CONTENT -> "response";
        };
    }

    /** Rule sets of HTTP, whose actions are not told apart yet. */
    static String[] httpSets() {
        return HTTP_SETS.clone();
    }
}
