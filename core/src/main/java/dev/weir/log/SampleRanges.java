package dev.weir.log;

import dev.weir.sample.ParseProblem;

/** {@code sample 1,3-5:10}: which lines of each ten are sent. Immutable beside its counter, which the writer thread owns. */
final class SampleRanges {
    private final boolean[] isSent;
    private int next;

    private SampleRanges(int size) {
        isSent = new boolean[size];
    }

    static SampleRanges parse(String text) throws ParseProblem {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new ParseProblem("sample size expected in '%s', such as '1,3-5:10'", text);
        }
        int size = number(text.substring(colon + 1), text);
        SampleRanges ranges = new SampleRanges(size);
        for (String range : text.substring(0, colon).split(",")) {
            ranges.add(range, text);
        }
        return ranges;
    }

    private void add(String range, String text) throws ParseProblem {
        int dash = range.indexOf('-');
        int first = number(dash < 0 ? range : range.substring(0, dash), text);
        int last = dash < 0 ? first : number(range.substring(dash + 1), text);
        if (last < first || last > isSent.length) {
            throw new ParseProblem("sample range '%s' does not lie within 1 and %d", range, isSent.length);
        }
        for (int i = first; i <= last; i++) {
            if (isSent[i - 1]) {
                throw new ParseProblem("sample ranges overlap in '%s'", text);
            }
            isSent[i - 1] = true;
        }
    }

    private static int number(String part, String text) throws ParseProblem {
        if (!part.matches("[1-9][0-9]{0,5}")) {
            throw new ParseProblem("'%s' is no sample range", text);
        }
        return Integer.parseInt(part);
    }

    boolean takesNext() {
        boolean takes = isSent[next];
        next = next + 1 == isSent.length ? 0 : next + 1;
        return takes;
    }
}
