package dev.weir.sample;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** All fetches by name. Filled once at start; then read by any thread. */
public final class FetchTable {
    private final Map<String, Fetch> fetches = new LinkedHashMap<>();

    /** A fetch without arguments. */
    public void add(
            String name, SampleType type, Availability availability, String description, FetchFunction function) {
        add(name, type, availability, "", description, ArgumentCheck.NONE, function);
    }

    /** A fetch with arguments, such as {@code "backend,[sint]"}. */
    public void add(
            String name,
            SampleType type,
            Availability availability,
            String arguments,
            String description,
            FetchFunction function) {
        add(name, type, availability, arguments, description, ArgumentCheck.NONE, function);
    }

    /** A fetch whose arguments are looked at when the configuration is read. */
    public void add(
            String name,
            SampleType type,
            Availability availability,
            String arguments,
            String description,
            ArgumentCheck check,
            FetchFunction function) {
        Fetch fetch = new Fetch(name, type, availability, arguments, description, check, function);
        if (fetches.putIfAbsent(name, fetch) != null) {
            throw new IllegalStateException("two fetches are called " + name);
        }
    }

    /** Another name for a fetch that is in the table already. */
    public void alias(String name, String of) {
        Fetch fetch = fetches.get(of);
        add(
                name,
                fetch.type(),
                fetch.availability(),
                fetch.arguments(),
                fetch.description(),
                fetch.check(),
                fetch.function());
    }

    /** Null if there is none of that name. */
    public Fetch get(String name) {
        return fetches.get(name);
    }

    public Collection<Fetch> all() {
        return fetches.values();
    }
}
