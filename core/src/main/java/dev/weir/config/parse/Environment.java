package dev.weir.config.parse;

import dev.weir.config.model.ByteText;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables that a configuration sees: the process's own, what HAProxy provides, and what {@code setenv} and
 * its relatives change. Values are byte strings. The process's real environment is never touched. Single-threaded.
 */
public final class Environment {
    private final Map<String, String> values;

    private Environment(Map<String, String> values) {
        this.values = values;
    }

    /** That of the process. */
    public static Environment ofProcess() {
        return of(System.getenv());
    }

    /** A copy of the given variables. */
    public static Environment of(Map<String, String> variables) {
        Map<String, String> values = HashMap.newHashMap(variables.size() + 16);
        for (var entry : variables.entrySet()) {
            values.put(ByteText.fromNative(entry.getKey()), ByteText.fromNative(entry.getValue()));
        }
        return new Environment(values);
    }

    /** All variables, as native text, in the order of their names. */
    public Map<String, String> sorted() {
        Map<String, String> all = new TreeMap<>();
        values.forEach((name, value) -> all.put(ByteText.toNative(name), ByteText.toNative(value)));
        return all;
    }

    /** The value, or null. */
    public String get(String name) {
        return values.get(name);
    }

    public void set(String name, String value) {
        values.put(name, value);
    }

    /** Sets it only if it is not set. */
    public void preset(String name, String value) {
        values.putIfAbsent(name, value);
    }

    public void unset(String name) {
        values.remove(name);
    }

    /** Removes all but the named ones. */
    public void reset(java.util.List<String> kept) {
        values.keySet().retainAll(kept);
    }

    /** All variables, for the sample fetch {@code env()}; a copy. */
    public Map<String, String> all() {
        return Map.copyOf(values);
    }
}
