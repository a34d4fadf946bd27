package dev.weir.config.parse;

import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleSet;
import dev.weir.rule.action.HttpActionFamilies;

/** What an HTTP rule may do, by rule set: the rows of the rule package, as the registry shows them. */
final class HttpRuleActions {
    private HttpRuleActions() {}

    static KeywordTable<ProxyDraft> table() {
        var table = new KeywordTable<ProxyDraft>(
                        "Actions of `http-request`, `http-response` and `http-after-response` rules")
                .manual("4.4");
        for (var set : HttpRuleSet.values()) {
            for (var action : HttpActionFamilies.TABLE.all()) {
                if (action.sets().contains(set)) {
                    add(table, set.text() + ' ' + action.name(), action);
                }
            }
        }
        return table;
    }

    private static void add(KeywordTable<ProxyDraft> table, String name, HttpActionTable.Entry action) {
        if (action.isSupported()) {
            table.supported(name, 0, action.description(), (proxy, line) -> {});
        } else {
            table.known(topic(action.name()), name);
        }
    }

    private static Topic topic(String action) {
        return switch (action) {
            case "cache-use", "cache-store" -> Topic.CACHE;
            case "do-log" -> Topic.LOGGING;
            case "use-service" -> Topic.RUNTIME_API;
            case "send-spoe-group", "ot-group" -> Topic.OFFLOAD;
            default -> Topic.RULES;
        };
    }
}
