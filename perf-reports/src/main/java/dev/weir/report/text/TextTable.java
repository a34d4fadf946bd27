package dev.weir.report.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as aligned text, or as a table of Markdown. The first column is left-aligned, the others right. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<String> heads) {
        rows.add(List.copyOf(heads));
    }

    public void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String padded(String text, int width, boolean isLeft) {
        String space = " ".repeat(width - text.length());
        return isLeft ? text + space : space + text;
    }

    /** For a terminal. */
    public String aligned() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            out.append(' ');
            for (int i = 0; i < row.size(); i++) {
                out.append(' ').append(padded(row.get(i), width(i), i == 0)).append(' ');
            }
            out.append('\n');
        }
        return out.toString().replaceAll(" +\n", "\n");
    }

    public String markdown() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            out.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                out.append("|---|")
                        .append("---:|".repeat(rows.get(0).size() - 1))
                        .append('\n');
            }
        }
        return out.toString();
    }
}
