package dev.weir.rule;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All actions of HTTP rules by name, the known but unsupported ones included. Filled once at start; then read by any thread. */
public final class HttpActionTable {
    /** The number behind it says which entry is tracked. */
    public static final String TRACK = "track-sc";

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    public void add(String name, Set<HttpRuleSet> sets, String description, ActionParser<HttpAction> parser) {
        put(new Entry(name, sets, description, parser));
    }

    /** An action that only changes something. */
    public void effect(String name, Set<HttpRuleSet> sets, String description, ActionParser<Effect> parser) {
        add(name, sets, description, (word, words, tools) -> {
            Effect effect = parser.parse(word, words, tools);
            return (stream, scratch) -> {
                effect.apply(stream, scratch);
                return HttpRuleResult.CONTINUE;
            };
        });
    }

    /** An action without arguments. */
    public void fixed(String name, Set<HttpRuleSet> sets, String description, HttpAction action) {
        add(name, sets, description, (word, words, tools) -> action);
    }

    /** Actions of HAProxy's that are refused. */
    public void unsupported(Set<HttpRuleSet> sets, String reason, String... names) {
        for (String name : names) {
            put(new Entry(name, sets, reason, null));
        }
    }

    private void put(Entry entry) {
        if (entries.putIfAbsent(entry.name(), entry) != null) {
            throw new IllegalStateException("two actions are called " + entry.name());
        }
    }

    /** Null if no action has that name. */
    public Entry get(String name) {
        return entries.get(name.startsWith(TRACK) ? TRACK : name);
    }

    public Collection<Entry> all() {
        return entries.values();
    }

    /**
     * One action as registered.
     *
     * @param name as configurations write it
     * @param sets where it may stand
     * @param description one line for people: what it does, or why it is not supported
     * @param parser null if it is known but not supported
     */
    public record Entry(String name, Set<HttpRuleSet> sets, String description, ActionParser<HttpAction> parser) {
        public boolean isSupported() {
            return parser != null;
        }
    }
}
