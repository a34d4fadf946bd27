package dev.weir.sample.pattern;

import dev.weir.sample.ParseProblem;
import java.util.List;

/**
 * Ranges of integers in the forms {@code 5}, {@code 1:10}, {@code 1:}, {@code :10}; a dash may stand for the colon, but not at the
 * beginning. Tried in order. Immutable.
 */
public final class NumberRanges {
    /** A range without numbers. */
    public static final String NOTHING = "1:0";

    private final long[] least;
    private final long[] most;
    private final PatternEntry[] entries;

    private NumberRanges(int count) {
        least = new long[count];
        most = new long[count];
        entries = new PatternEntry[count];
    }

    static NumberRanges of(List<PatternEntry> entries) throws ParseProblem {
        NumberRanges ranges = new NumberRanges(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            ranges.set(i, entries.get(i));
        }
        return ranges;
    }

    private void set(int index, PatternEntry entry) throws ParseProblem {
        String text = entry.text();
        int colon = separator(text);
        entries[index] = entry;
        least[index] = colon == 0 ? Long.MIN_VALUE : number(colon < 0 ? text : text.substring(0, colon), text);
        most[index] = colon < 0
                ? least[index]
                : colon == text.length() - 1 ? Long.MAX_VALUE : number(text.substring(colon + 1), text);
        if (least[index] > most[index] && !text.equals(NOTHING)) {
            throw new ParseProblem("'%s' is not a valid number range", text);
        }
    }

    /** Where the upper end of a range begins with its colon or dash; negative if the text is no range. */
    public static int separator(String text) {
        int colon = text.indexOf(':');
        return colon >= 0 ? colon : text.indexOf('-', 1);
    }

    private static long number(String part, String text) throws ParseProblem {
        try {
            return Long.parseLong(part);
        } catch (NumberFormatException e) {
            throw new ParseProblem("'%s' is neither a number nor a range", text);
        }
    }

    PatternEntry find(long value) {
        for (int i = 0; i < entries.length; i++) {
            if (value >= least[i] && value <= most[i]) {
                return entries[i];
            }
        }
        return null;
    }
}
