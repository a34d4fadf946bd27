package dev.weir.launch.ctl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code show stat} for people: the columns that one looks for, as a table. No state. */
final class StatTable {
    private static final String[] TITLES = {
        "proxy", "name", "status", "weight", "queue", "cur", "max", "limit", "total", "rate", "in", "out", "errors",
        "check"
    };
    private static final double KIB = 1024;

    private StatTable() {}

    static String of(String csv) {
        List<String> lines = csv.lines().filter(line -> !line.isBlank()).toList();
        String[] columns = lines.getFirst().substring(2).split(",", -1);
        List<String[]> rows = new ArrayList<>();
        rows.add(TITLES);
        for (String line : lines.subList(1, lines.size())) {
            rows.add(cells(columns, line.split(",", -1)));
        }
        return layOut(rows);
    }

    private static String[] cells(String[] columns, String[] values) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(columns.length, values.length); i++) {
            row.putIfAbsent(columns[i], values[i]);
        }
        long errors = number(row, "ereq") + number(row, "econ") + number(row, "eresp");
        return new String[] {
            row.get("pxname"),
            row.get("svname"),
            row.get("status"),
            row.get("weight"),
            row.get("qcur"),
            row.get("scur"),
            row.get("smax"),
            row.get("slim"),
            row.get("stot"),
            row.get("rate"),
            bytes(number(row, "bin")),
            bytes(number(row, "bout")),
            Long.toString(errors),
            row.get("check_status")
        };
    }

    private static long number(Map<String, String> row, String column) {
        String text = row.getOrDefault(column, "");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static String bytes(long count) {
        String[] units = {"", "K", "M", "G", "T"};
        double value = count;
        int unit = 0;
        while (value >= KIB && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        return unit == 0 ? Long.toString(count) : String.format(java.util.Locale.ROOT, "%.1f%s", value, units[unit]);
    }

    /** Names to the left, figures to the right. */
    private static String layOut(List<String[]> rows) {
        int[] widths = new int[TITLES.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i] == null ? 0 : row[i].length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String cell = row[i] == null ? "" : row[i];
                String gap = " ".repeat(widths[i] - cell.length());
                line.append(i < 3 ? cell + gap : gap + cell).append("  ");
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
