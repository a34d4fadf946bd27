package dev.weir.sample.pattern;

import dev.weir.sample.ParseProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All entries of one version of a list, with the indexes that matching needs. Changed under the list's lock. */
final class PatternVersion {
    private final Map<Long, PatternEntry> entries = new LinkedHashMap<>();
    private final Map<String, List<Long>> referencesByText = new HashMap<>();
    private PatternIndex[] indexes = {};

    PatternIndex index(int position) {
        return indexes[position];
    }

    Collection<PatternEntry> entries() {
        return entries.values();
    }

    PatternEntry entry(long reference) {
        return entries.get(reference);
    }

    /** Those with that text, in order. */
    List<PatternEntry> named(String text) {
        return referencesByText.getOrDefault(text, List.of()).stream()
                .map(entries::get)
                .toList();
    }

    /** One more way to look at the entries. */
    void addIndex(PatternIndex index) throws ParseProblem {
        index.load(entries.values());
        PatternIndex[] more = java.util.Arrays.copyOf(indexes, indexes.length + 1);
        more[indexes.length] = index;
        indexes = more;
    }

    /** Without touching the indexes: {@link #load} follows. */
    void put(PatternEntry entry) {
        if (entries.put(entry.reference(), entry) == null) {
            referencesByText
                    .computeIfAbsent(entry.text(), any -> new ArrayList<>(1))
                    .add(entry.reference());
        }
    }

    void load() throws ParseProblem {
        for (PatternIndex index : indexes) {
            index.load(entries.values());
        }
    }

    /** A problem leaves everything as it was. */
    void add(PatternEntry entry) throws ParseProblem {
        put(entry);
        try {
            for (PatternIndex index : indexes) {
                index.add(entry, entries.values());
            }
        } catch (ParseProblem problem) {
            forget(entry);
            load();
            throw problem;
        }
    }

    void replace(PatternEntry old, PatternEntry with) throws ParseProblem {
        entries.put(old.reference(), with);
        for (PatternIndex index : indexes) {
            index.replace(old, with, entries.values());
        }
    }

    void remove(PatternEntry entry) throws ParseProblem {
        forget(entry);
        for (PatternIndex index : indexes) {
            index.remove(entry, entries.values());
        }
    }

    private void forget(PatternEntry entry) {
        entries.remove(entry.reference());
        List<Long> same = referencesByText.get(entry.text());
        same.remove(entry.reference());
        if (same.isEmpty()) {
            referencesByText.remove(entry.text());
        }
    }
}
