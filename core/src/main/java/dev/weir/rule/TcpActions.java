package dev.weir.rule;

import static dev.weir.rule.TcpRuleSet.REQUEST_CONNECTION;
import static dev.weir.rule.TcpRuleSet.REQUEST_CONTENT;
import static dev.weir.rule.TcpRuleSet.REQUEST_SESSION;
import static dev.weir.rule.TcpRuleSet.RESPONSE_CONTENT;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The actions of TCP rules: one table row each, the known but unsupported ones included. Immutable after class loading. */
public final class TcpActions {
    static final RuleAction ACCEPT = (stream, scratch) -> RuleResult.ACCEPT;
    static final RuleAction REJECT = (stream, scratch) -> RuleResult.REJECT;
    static final RuleAction SILENT_DROP = (stream, scratch) -> RuleResult.SILENT_DROP;
    static final RuleAction EXPECT_PROXY = (stream, scratch) -> RuleResult.EXPECT_PROXY;
    static final RuleAction CLOSE = (stream, scratch) -> RuleResult.CLOSE;

    private static final Set<TcpRuleSet> ALL = EnumSet.allOf(TcpRuleSet.class);
    private static final Set<TcpRuleSet> REQUEST = EnumSet.of(REQUEST_CONNECTION, REQUEST_SESSION, REQUEST_CONTENT);
    private static final Set<TcpRuleSet> CONTENT = EnumSet.of(REQUEST_CONTENT, RESPONSE_CONTENT);
    private static final Set<TcpRuleSet> REQUEST_CONTENT_ONLY = EnumSet.of(REQUEST_CONTENT);
    private static final String UNSUPPORTED =
            "track-sc0 track-sc1 track-sc2 track-sc sc-inc-gpc sc-inc-gpc0 sc-inc-gpc1"
                    + " sc-add-gpc sc-set-gpt sc-set-gpt0 capture do-resolve switch-mode use-service set-mark set-tos set-fc-mark"
                    + " set-fc-tos set-bc-mark set-bc-tos set-bandwidth-limit send-spoe-group attach-srv do-log set-retries"
                    + " expect-netscaler-cip";
    private static final Map<String, Entry> TABLE = new LinkedHashMap<>();

    static {
        add("accept", ALL, "ends the set and goes on", ActionParsers.fixed(ACCEPT));
        add("reject", ALL, "closes the connection", ActionParsers.fixed(REJECT));
        add("set-var", ALL, "sets a variable to the value of an expression", ActionParsers::setVariable);
        add("set-var-fmt", ALL, "sets a variable to a formatted text", ActionParsers::setVariableFormat);
        add("unset-var", ALL, "removes a variable", ActionParsers::unsetVariable);
        add("set-src", REQUEST, "changes the source address", ActionParsers::setSource);
        add("set-src-port", REQUEST, "changes the source port", ActionParsers::setSourcePort);
        add("set-dst", REQUEST, "changes the destination address", ActionParsers::setDestination);
        add("set-dst-port", REQUEST, "changes the destination port", ActionParsers::setDestinationPort);
        add("silent-drop", ALL, "makes the connection disappear", ActionParsers::silentDrop);
        add("expect-proxy", Set.of(REQUEST_CONNECTION), "requires a PROXY header", ActionParsers::expectProxy);
        add("close", Set.of(RESPONSE_CONTENT), "closes the connection to the server", ActionParsers.fixed(CLOSE));
        add(
                "set-log-level",
                CONTENT,
                "changes the severity of the log line, or silences it",
                ActionParsers::setLogLevel);
        add("set-priority-class", REQUEST_CONTENT_ONLY, "sets the class in queues", ActionParsers::setPriorityClass);
        add("set-priority-offset", REQUEST_CONTENT_ONLY, "sets the offset in queues", ActionParsers::setPriorityOffset);
        add("set-nice", CONTENT, "accepted without effect: there is no such scheduler here", ActionParsers::setNice);
        for (String name : UNSUPPORTED.split(" ")) {
            TABLE.put(name, new Entry(name, ALL, "", null));
        }
    }

    private TcpActions() {}

    private static void add(String name, Set<TcpRuleSet> sets, String description, ActionParser parser) {
        TABLE.put(name, new Entry(name, sets, description, parser));
    }

    /** Null if no action has that name. */
    static Entry get(String name) {
        return TABLE.get(name);
    }

    /** All actions, for documentation. */
    public static Collection<Entry> all() {
        return TABLE.values();
    }

    /**
     * One action as registered.
     *
     * @param name as configurations write it
     * @param sets where it may stand
     * @param description one line for people
     * @param parser null if it is known but not supported
     */
    public record Entry(String name, Set<TcpRuleSet> sets, String description, ActionParser parser) {
        public boolean isSupported() {
            return parser != null;
        }
    }
}
