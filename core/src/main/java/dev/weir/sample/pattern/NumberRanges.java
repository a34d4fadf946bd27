package dev.weir.sample.pattern;

import dev.weir.sample.ParseProblem;
import java.util.List;

/**
 * Ranges of integers in the forms {@code 5}, {@code 1:10}, {@code 1:}, {@code :10}, with a hyphen as well as with a colon. Tried in
 * order. Immutable.
 */
public final class NumberRanges {
    private static final String NUMBER = "number";
    private static final String RANGE = "valid number range";

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
        int separator = separator(text);
        entries[index] = entry;
        if (separator < 0) {
            least[index] = required(text, text, text.isEmpty() ? RANGE : NUMBER);
            most[index] = least[index];
            return;
        }
        boolean isOpenBelow = separator == 0 && text.length() > 1;
        boolean isOpenAbove = separator == text.length() - 1;
        least[index] = isOpenBelow ? Long.MIN_VALUE : required(text.substring(0, separator), text, RANGE);
        most[index] = isOpenAbove ? Long.MAX_VALUE : required(text.substring(separator + 1), text, RANGE);
        if (least[index] > most[index]) {
            throw notA(RANGE, text);
        }
    }

    /** Where the least number ends, which is therefore never negative; -1 if the text is one number. */
    public static int separator(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ':' || text.charAt(i) == '-') {
                return i;
            }
        }
        return -1;
    }

    /** Digits, and a minus before them; null if it is anything else, or too great. */
    public static Long number(String text) {
        boolean isNumber = text.matches("-?[0-9]+");
        try {
            return isNumber ? Long.valueOf(text) : null;
        } catch (NumberFormatException e) {
            return null; // it is too great
        }
    }

    private static long required(String part, String text, String form) throws ParseProblem {
        Long number = number(part);
        if (number == null) {
            throw notA(form, text);
        }
        return number;
    }

    private static ParseProblem notA(String form, String text) {
        return new ParseProblem("'%s' is not a %s", text, form);
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
