package dev.weir.rule;

import static dev.weir.rule.TcpRuleSet.REQUEST_CONNECTION;
import static dev.weir.rule.TcpRuleSet.REQUEST_CONTENT;
import static dev.weir.rule.TcpRuleSet.REQUEST_SESSION;
import static dev.weir.rule.TcpRuleSet.RESPONSE_CONTENT;

import dev.weir.rule.action.AddressEffects;
import dev.weir.rule.action.BandwidthEffects;
import dev.weir.rule.action.CaptureEffects;
import dev.weir.rule.action.ResolveAction;
import dev.weir.rule.action.SocketEffects;
import dev.weir.rule.action.StickEffects;
import dev.weir.rule.action.StreamEffects;
import dev.weir.rule.action.VariableEffects;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The actions of TCP rules: one table row each, the known but unsupported ones included. Immutable after class loading. */
public final class TcpActions {
    static final RuleAction ACCEPT = (stream, scratch) -> RuleResult.ACCEPT;
    static final RuleAction REJECT = (stream, scratch) -> RuleResult.REJECT;
    static final RuleAction EXPECT_PROXY = (stream, scratch) -> RuleResult.EXPECT_PROXY;
    static final RuleAction SWITCH_TO_HTTP = (stream, scratch) -> RuleResult.SWITCH_TO_HTTP;
    static final RuleAction CLOSE = (stream, scratch) -> RuleResult.CLOSE;

    private static final Set<TcpRuleSet> ALL = EnumSet.allOf(TcpRuleSet.class);
    private static final Set<TcpRuleSet> REQUEST = EnumSet.of(REQUEST_CONNECTION, REQUEST_SESSION, REQUEST_CONTENT);
    private static final Set<TcpRuleSet> CONTENT = EnumSet.of(REQUEST_CONTENT, RESPONSE_CONTENT);
    private static final Set<TcpRuleSet> REQUEST_CONTENT_ONLY = EnumSet.of(REQUEST_CONTENT);
    private static final String UNSUPPORTED = "use-service" + " send-spoe-group attach-srv" + " expect-netscaler-cip";
    /** The number behind it says which entry. */
    private static final String TRACK = "track-sc";

    private static final Map<String, Entry> TABLE = new LinkedHashMap<>();

    static {
        fixed("accept", ALL, "ends the set and goes on", ACCEPT);
        fixed("reject", ALL, "closes the connection", REJECT);
        effect("set-var", ALL, "sets a variable to the value of an expression", VariableEffects::set);
        effect("set-var-fmt", ALL, "sets a variable to a formatted text", VariableEffects::setFormat);
        effect("unset-var", ALL, "removes a variable", VariableEffects::unset);
        effect("set-src", REQUEST, "changes the source address", AddressEffects::setSource);
        effect("set-src-port", REQUEST, "changes the source port", AddressEffects::setSourcePort);
        effect("set-dst", REQUEST, "changes the destination address", AddressEffects::setDestination);
        effect("set-dst-port", REQUEST, "changes the destination port", AddressEffects::setDestinationPort);
        add("silent-drop", ALL, "makes the connection disappear", TcpActions::silentDrop);
        add("expect-proxy", Set.of(REQUEST_CONNECTION), "requires a PROXY header", TcpActions::expectProxy);
        add("switch-mode", REQUEST_CONTENT_ONLY, "ends the set and goes on in HTTP", TcpActions::switchMode);
        fixed("close", Set.of(RESPONSE_CONTENT), "closes the connection to the server", CLOSE);
        effect(
                "set-log-level",
                CONTENT,
                "changes the severity of the log line, or silences it",
                StreamEffects::setLogLevel);
        effect("do-log", ALL, "writes a log line now", StreamEffects::log);
        effect("set-priority-class", REQUEST_CONTENT_ONLY, "sets the class in queues", StreamEffects::setPriorityClass);
        effect(
                "set-priority-offset",
                REQUEST_CONTENT_ONLY,
                "sets the offset in queues",
                StreamEffects::setPriorityOffset);
        effect(
                "set-bandwidth-limit",
                CONTENT,
                "puts a `filter bwlim-in` or `bwlim-out` in force",
                BandwidthEffects::set);
        effect("set-nice", CONTENT, "accepted without effect: there is no such scheduler here", StreamEffects::setNice);
        effect("capture", REQUEST_CONTENT_ONLY, "keeps the value of an expression for logs", CaptureEffects::capture);
        effect("set-fc-mark", ALL, "marks the packets to the client", SocketEffects::setMark);
        effect("set-fc-tos", ALL, "sets the type of service of packets to the client", SocketEffects::setTos);
        effect("set-bc-mark", REQUEST_CONTENT_ONLY, "marks the packets to the server", SocketEffects::setServerMark);
        effect(
                "set-bc-tos",
                REQUEST_CONTENT_ONLY,
                "sets the type of service of packets to the server",
                SocketEffects::setServerTos);
        effect("set-retries", REQUEST_CONTENT_ONLY, "sets the number of retries, 0 to 100", StreamEffects::setRetries);
        effect("set-mark", ALL, "as `set-fc-mark`", SocketEffects::setMark);
        effect("set-tos", ALL, "as `set-fc-tos`", SocketEffects::setTos);
        add(
                "do-resolve",
                REQUEST_CONTENT_ONLY,
                "asks name servers for the address of a name, and sets a variable to it",
                ResolveAction::tcp);
        addStickActions();
        for (String name : UNSUPPORTED.split(" ")) {
            TABLE.put(name, new Entry(name, ALL, "", null));
        }
    }

    private TcpActions() {}

    private static void addStickActions() {
        effect(
                TRACK,
                REQUEST,
                "counts in an entry of a stick table: `track-sc0`, `track-sc1` ...",
                StickEffects::track);
        effect("sc-inc-gpc", ALL, "adds one to an element of the array gpc", StickEffects::incrementElement);
        effect("sc-inc-gpc0", ALL, "adds one to counter 0 of a tracked entry", StickEffects::incrementCounter);
        effect("sc-inc-gpc1", ALL, "adds one to counter 1 of a tracked entry", StickEffects::incrementCounter);
        effect("sc-add-gpc", ALL, "adds to an element of the array gpc", StickEffects::addElement);
        effect("sc-set-gpt", ALL, "sets an element of the array gpt", StickEffects::setElement);
        effect("sc-set-gpt0", ALL, "sets tag 0 of a tracked entry", StickEffects::setTag);
    }

    private static void add(
            String name, Set<TcpRuleSet> sets, String description, ActionParser<? extends RuleAction> parser) {
        TABLE.put(name, new Entry(name, sets, description, parser));
    }

    private static void fixed(String name, Set<TcpRuleSet> sets, String description, RuleAction action) {
        add(name, sets, description, (word, words, tools) -> action);
    }

    private static void effect(String name, Set<TcpRuleSet> sets, String description, ActionParser<Effect> parser) {
        add(name, sets, description, (word, words, tools) -> {
            Effect effect = parser.parse(word, words, tools);
            return (RuleAction) (stream, scratch) -> {
                if (!effect.isReady(stream, scratch)) {
                    return RuleResult.WAIT;
                }
                effect.apply(stream, scratch);
                return RuleResult.CONTINUE;
            };
        });
    }

    private static RuleAction silentDrop(String name, Words words, ActionTools tools) throws ParseProblem {
        int ttl = SocketEffects.resetTtl(words);
        return (stream, scratch) -> {
            stream.clientSide().resetTtl(ttl);
            return RuleResult.SILENT_DROP;
        };
    }

    private static RuleAction expectProxy(String name, Words words, ActionTools tools) throws ParseProblem {
        if (!words.skip("layer4")) {
            throw new ParseProblem("only 'expect-proxy layer4' is supported");
        }
        return EXPECT_PROXY;
    }

    private static RuleAction switchMode(String name, Words words, ActionTools tools) throws ParseProblem {
        String mode = words.next();
        if (mode.isEmpty()) {
            throw new ParseProblem("'switch-mode' expects a mode as argument.");
        }
        if (!mode.equals("http")) {
            throw new ParseProblem("'switch-mode' expects a valid mode (got '%s').", mode);
        }
        if (words.skip("proto")) {
            checkProtocol(words.next());
        }
        return SWITCH_TO_HTTP;
    }

    private static void checkProtocol(String protocol) throws ParseProblem {
        switch (protocol) {
            case "h1" -> {}
            case "" -> throw new ParseProblem("'switch-mode': 'proto' expects a protocol as argument.");
            case "none", "h2", "fcgi", "spop", "quic" ->
                throw new ParseProblem("'switch-mode http proto %s' is known but not supported", protocol);
            default ->
                throw new ParseProblem(
                        "'switch-mode': 'proto' expects a valid MUX protocol, if specified (got '%s')", protocol);
        }
    }

    /** Null if no action has that name. */
    static Entry get(String name) {
        return TABLE.get(name.startsWith(TRACK) ? TRACK : name);
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
    public record Entry(
            String name, Set<TcpRuleSet> sets, String description, ActionParser<? extends RuleAction> parser) {
        public boolean isSupported() {
            return parser != null;
        }
    }
}
