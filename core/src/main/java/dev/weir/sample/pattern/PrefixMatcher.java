package dev.weir.sample.pattern;

import dev.weir.sample.Sample;
import java.util.List;

/** Finds the longest pattern that the value begins with: one hash lookup for each length that patterns have. Immutable. */
final class PrefixMatcher implements Matcher {
    private final ByteTable table;
    private final int[] lengths;

    PrefixMatcher(boolean ignoresCase, List<PatternEntry> entries) {
        table = new ByteTable(ignoresCase, entries.size());
        entries.forEach(entry -> table.put(entry.bytes(), entry));
        int[] ascending = entries.stream()
                .mapToInt(entry -> entry.bytes().length)
                .distinct()
                .sorted()
                .toArray();
        lengths = new int[ascending.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = ascending[lengths.length - 1 - i];
        }
    }

    @Override
    public PatternEntry match(Sample sample) {
        for (int length : lengths) {
            PatternEntry entry = length <= sample.length() ? table.get(sample.bytes(), 0, length) : null;
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }
}
