package dev.weir.launch.ctl;

import java.util.ArrayList;
import java.util.List;

/** Answers with a line of names and a word for each name in every line that follows, such as {@code show servers state}. No state. */
final class ColumnTable {
    private ColumnTable() {}

    /** Null if the answer is not of that kind. */
    static String of(String answer) {
        List<String[]> rows = new ArrayList<>();
        for (String line : answer.strip().split("\n")) {
            rows.add(line.replaceFirst("^# ", "").split(" +"));
        }
        int columns = rows.getFirst().length;
        if (columns < 2 || rows.stream().anyMatch(row -> row.length != columns)) {
            return null;
        }
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row[i]).repeat(' ', widths[i] - row[i].length() + 2);
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }
}
