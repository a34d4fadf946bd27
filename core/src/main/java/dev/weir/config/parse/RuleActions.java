package dev.weir.config.parse;

import dev.weir.config.model.ProxyKind;
import dev.weir.config.model.RuleLine;
import dev.weir.config.model.RuleSet;
import dev.weir.rule.TcpActions;
import java.util.List;

/**
 * What a rule may do, by rule set. The grammar of an action's arguments and of conditions belongs to the packages that run
 * them; here a word is told apart as supported, known or a mistake.
 */
final class RuleActions {
    private static final String SERVICE = "content use-service";

    private RuleActions() {}

    static KeywordTable<ProxyDraft> table() {
        var table = new KeywordTable<ProxyDraft>("Actions of `tcp-request` and `tcp-response` rules").manual("4.4");
        for (var action : TcpActions.all()) {
            if (action.isSupported()) {
                for (var set : action.sets()) {
                    String name = prefix(set.text()) + ' ' + action.name();
                    table.supported(name, 0, action.description(), (proxy, line) -> {});
                }
            }
        }
        for (String set : List.of("connection", "session", "content", "response")) {
            known(table, Topic.NETWORK, set, "set-mark set-tos set-fc-mark set-fc-tos silent-drop");
        }
        String both = "ot-group set-bandwidth-limit set-nice set-log-level";
        known(table, Topic.RULES, "content", both + " capture set-priority-class set-priority-offset");
        table.refused(Topic.RULES, SERVICE, "no service speaks TCP: HAProxy has such services in Lua alone");
        known(table, Topic.RULES, "response", both);
        known(table, Topic.OFFLOAD, "content", "send-spoe-group");
        known(table, Topic.OFFLOAD, "response", "send-spoe-group");
        known(table, Topic.NETWORK, "connection", "expect-netscaler-cip");
        known(table, Topic.NETWORK, "session", "attach-srv");
        return table;
    }

    /** What the rule package supports by now is not merely known. */
    private static void known(KeywordTable<ProxyDraft> table, Topic topic, String set, String actions) {
        for (String action : actions.split(" ")) {
            if (table.find(set + ' ' + action) == null) {
                table.known(topic, set + ' ' + action);
            }
        }
    }

    /** What the rows of a set's actions start with: the last word of its name, {@code response} for responses. */
    private static String prefix(String set) {
        return set.equals("tcp-response content") ? "response" : set.substring(set.indexOf(' ') + 1);
    }

    /** A rule of the set; the line stands behind the set's name. */
    static void parse(KeywordTable<ProxyDraft> table, RuleSet set, ProxyDraft proxy, Line line) {
        int start = line.cursor();
        String word = line.next();
        if (word.isEmpty()) {
            line.alert("'" + set.keyword() + "' expects an action.");
            return;
        }
        String prefix = prefix(set.keyword());
        int parenthesis = word.indexOf('(');
        String action = parenthesis < 0 ? word : word.substring(0, parenthesis);
        boolean isTracking = action.startsWith("track-sc");
        var keyword = table.find(prefix + ' ' + (isTracking ? "track-sc" : action));
        if (keyword == null) {
            var nearest = nearest(table, prefix, action);
            line.alert("'" + set.keyword() + "' : unknown action '" + action + "'" + nearest.hint());
            line.rest();
            return;
        }
        if (keyword.name().equals(SERVICE)) {
            line.alert(line.hasNext() ? "'content' unknown service name." : "'tcp-request' expects a service name.");
            line.rest();
            return;
        }
        if (keyword.state() != Keyword.State.SUPPORTED) {
            table.apply(keyword, proxy, line, set.keyword());
            return;
        }
        if (action.equals("normalize-uri") && !proxy.global.allowsExperiments) {
            line.alert("'normalize-uri' action is experimental, must be allowed via a global"
                    + " 'expose-experimental-directives'");
        }
        if (action.equals("set-retries") && proxy.kind == ProxyKind.DEFAULTS) {
            line.alert("'set-retries' is not allowed in 'defaults' sections.");
        }
        line.moveTo(start);
        line.subject(set.keyword() + ' ' + action);
        List<String> words = CaptureKeywords.numbered(set, proxy, line, line.rest());
        if (!words.isEmpty()) {
            proxy.rules.add(new RuleLine(line.at(), set, words));
        }
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
}
