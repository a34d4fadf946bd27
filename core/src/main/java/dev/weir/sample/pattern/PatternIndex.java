package dev.weir.sample.pattern;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import java.util.Collection;
import java.util.List;

/**
 * One way to find the entries of a list: read by all loops, changed by one thread at a time. Exact strings and prefixes are
 * changed in place; whatever else is built anew at each change.
 */
interface PatternIndex extends Matcher {
    /** Replaces everything; a problem if an entry is not of the method's form. */
    void load(Collection<PatternEntry> entries) throws ParseProblem;

    /** @param all the entries there will be */
    void add(PatternEntry entry, Collection<PatternEntry> all) throws ParseProblem;

    /** @param all the entries there will be */
    void remove(PatternEntry entry, Collection<PatternEntry> all) throws ParseProblem;

    /** @param all the entries there will be */
    void replace(PatternEntry old, PatternEntry with, Collection<PatternEntry> all) throws ParseProblem;

    static PatternIndex of(MatchMethod method, boolean ignoresCase) {
        return switch (method) {
            case STR -> new Exact(ignoresCase);
            case BEG -> new Prefixes(ignoresCase);
            case FOUND, BOOL, INT, IP, BIN, LEN, SUB, REG, END, DIR, DOM, METH -> new Rebuilt(method, ignoresCase);
        };
    }

    /** Exact strings. */
    final class Exact implements PatternIndex {
        private final SharedByteTable table;

        Exact(boolean ignoresCase) {
            table = new SharedByteTable(ignoresCase);
        }

        @Override
        public PatternEntry match(Sample sample) {
            return table.get(sample.bytes(), 0, sample.length());
        }

        @Override
        public void load(Collection<PatternEntry> entries) {
            table.load(entries);
        }

        @Override
        public void add(PatternEntry entry, Collection<PatternEntry> all) {
            table.add(entry, all);
        }

        @Override
        public void remove(PatternEntry entry, Collection<PatternEntry> all) {
            table.remove(entry);
        }

        @Override
        public void replace(PatternEntry old, PatternEntry with, Collection<PatternEntry> all) {
            table.replace(old, with);
        }
    }

    /** The longest entry that the value begins with: one look for each length that entries have had. */
    final class Prefixes implements PatternIndex {
        private final SharedByteTable table;
        /** Longest first. */
        private volatile int[] lengths = {};

        Prefixes(boolean ignoresCase) {
            table = new SharedByteTable(ignoresCase);
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

        @Override
        public void load(Collection<PatternEntry> entries) {
            table.load(entries);
            lengths = lengths(entries);
        }

        private static int[] lengths(Collection<PatternEntry> entries) {
            return entries.stream()
                    .map(entry -> -entry.bytes().length)
                    .distinct()
                    .sorted()
                    .mapToInt(length -> -length)
                    .toArray();
        }

        @Override
        public void add(PatternEntry entry, Collection<PatternEntry> all) {
            table.add(entry, all);
            for (int length : lengths) {
                if (length == entry.bytes().length) {
                    return;
                }
            }
            lengths = lengths(all);
        }

        @Override
        public void remove(PatternEntry entry, Collection<PatternEntry> all) {
            table.remove(entry);
        }

        @Override
        public void replace(PatternEntry old, PatternEntry with, Collection<PatternEntry> all) {
            table.replace(old, with);
        }
    }

    /** All other methods. */
    final class Rebuilt implements PatternIndex {
        private final MatchMethod method;
        private final boolean ignoresCase;
        private volatile Matcher matcher = sample -> null;

        Rebuilt(MatchMethod method, boolean ignoresCase) {
            this.method = method;
            this.ignoresCase = ignoresCase;
        }

        @Override
        public PatternEntry match(Sample sample) {
            return matcher.match(sample);
        }

        @Override
        public void load(Collection<PatternEntry> entries) throws ParseProblem {
            matcher = Matchers.of(method, ignoresCase, List.copyOf(entries));
        }

        @Override
        public void add(PatternEntry entry, Collection<PatternEntry> all) throws ParseProblem {
            load(all);
        }

        @Override
        public void remove(PatternEntry entry, Collection<PatternEntry> all) throws ParseProblem {
            load(all);
        }

        @Override
        public void replace(PatternEntry old, PatternEntry with, Collection<PatternEntry> all) throws ParseProblem {
            load(all);
        }
    }
}
