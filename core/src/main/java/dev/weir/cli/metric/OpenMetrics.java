package dev.weir.cli.metric;

/**
 * The same metrics as OpenMetrics 1.0 wants them: a counter's family is named without {@code _total}, and the end is marked. A
 * counter that HAProxy names without {@code _total} is of unknown type there, and one without a figure is left out. No state.
 */
final class OpenMetrics {
    private static final String TOTAL = "_total";

    private OpenMetrics() {}

    static String of(String page) {
        StringBuilder out = new StringBuilder(page.length() + 64);
        boolean isCounter = false;
        for (String line : page.split("\n")) {
            isCounter = line.startsWith("# TYPE") ? line.endsWith(" counter") : isCounter;
            if (line.startsWith("# ")) {
                out.append(comment(line)).append('\n');
            } else if (!isCounter || !line.endsWith(" NaN")) {
                out.append(line).append('\n');
            }
        }
        return out.append("# EOF\n").toString();
    }

    private static String comment(String line) {
        String[] words = line.split(" ", 4);
        boolean isTotal = words[2].endsWith(TOTAL);
        String family = isTotal ? words[2].substring(0, words[2].length() - TOTAL.length()) : words[2];
        boolean isOddCounter = words[1].equals("TYPE") && words[3].equals("counter") && !isTotal;
        return words[0] + ' ' + words[1] + ' ' + family + ' ' + (isOddCounter ? "unknown" : words[3]);
    }
}
