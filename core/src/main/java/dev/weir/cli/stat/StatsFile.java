package dev.weir.cli.stat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of {@code dump stats-file} and of a {@code stats-file}, which is HAProxy's: a part for what takes connections and one for what
 * has servers, each with a header that names the columns, and a line for each thing that has a GUID. One thread.
 */
public final class StatsFile {
    /** The two parts. */
    public enum Part {
        FRONT("#fe", """
                stot bin bout dreq dresp ereq rate hrsp_1xx hrsp_2xx hrsp_3xx hrsp_4xx hrsp_5xx hrsp_other req_rate req_tot
                comp_in comp_out comp_byp comp_rsp conn_rate conn_tot intercepted dcon dses wrew cache_lookups cache_hits eint
                h1sess h2sess h3sess req_other h1req h2req h3req
                """),
        BACK("#be", """
                stot bin bout dreq dresp econ eresp wretr wredis chkfail chkdown lastchg lbtot rate
                hrsp_1xx hrsp_2xx hrsp_3xx hrsp_4xx hrsp_5xx hrsp_other hanafail req_tot cli_abrt srv_abrt
                comp_in comp_out comp_byp comp_rsp lastsess wrew connect reuse cache_lookups cache_hits eint
                """);

        private final String title;
        private final List<StatColumn> columns = new ArrayList<>();

        Part(String title, String columnNames) {
            this.title = title;
            for (String name : columnNames.strip().split("\\s+")) {
                columns.add(StatColumn.of(name));
            }
        }

        private boolean has(StatRow row) {
            boolean isFront = row.kind() == StatRow.Kind.FRONTEND || row.kind() == StatRow.Kind.LISTENER;
            return isFront == (this == FRONT) && !row.guid().isEmpty();
        }
    }

    /** What a line says of a thing. */
    public record Entry(int line, Part part, String guid, Map<StatColumn, Long> values) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Integer> faultyLines = new ArrayList<>();
    private boolean isValid;

    private Part part;
    /** Of the part; null for those that it does not have here. */
    private List<StatColumn> columns = List.of();

    private StatsFile() {}

    // ---- writing ----

    public static void writeHeader(Part part, StringBuilder out) {
        out.append(part.title).append(" guid,");
        part.columns.forEach(column -> out.append(column.text()).append(','));
        out.append('\n');
    }

    /** Nothing if the row is not of that part, or has no GUID. */
    public static void write(Part part, StatRow row, StringBuilder out) {
        if (part.has(row)) {
            out.append(row.guid()).append(',');
            part.columns.forEach(
                    column -> out.append(Math.max(0, row.number(column))).append(','));
            out.append('\n');
        }
    }

    // ---- reading ----

    /** Reads as far as it can be understood. */
    public static StatsFile read(List<String> lines) {
        StatsFile file = new StatsFile();
        file.isValid = true;
        boolean hasHeader = false;
        for (int i = 0; i < lines.size() && file.isValid; i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("//")) {
                continue;
            }
            if (line.startsWith("#")) {
                boolean isUnderstood = file.header(line);
                file.isValid = isUnderstood || hasHeader;
                hasHeader = true;
                file.note(i + 1, isUnderstood);
            } else if (file.part != null) {
                file.note(i + 1, file.entry(line, i + 1));
            } else {
                file.isValid = hasHeader;
            }
        }
        return file;
    }

    private void note(int number, boolean isUnderstood) {
        if (!isUnderstood && isValid) {
            faultyLines.add(number);
        }
    }

    /** A part of another kind is passed over. */
    private boolean header(String line) {
        part = null;
        int blank = line.indexOf(' ');
        if (blank < 2 || !line.endsWith(",")) {
            return false;
        }
        String[] names = line.substring(blank + 1).strip().split(",");
        Part named = null;
        for (Part one : Part.values()) {
            named = one.title.equals(line.substring(0, blank)) ? one : named;
        }
        if (named == null) {
            return true;
        }
        if (!names[0].equals("guid")) {
            return false;
        }
        part = named;
        columns = new ArrayList<>();
        for (int i = 1; i < names.length; i++) {
            StatColumn column = StatColumn.of(names[i]);
            columns.add(part.columns.contains(column) ? column : null);
        }
        return true;
    }

    private boolean entry(String line, int number) {
        String[] fields = line.split(",", -1);
        if (fields[0].isEmpty()) {
            return false;
        }
        Map<StatColumn, Long> values = new TreeMap<>();
        for (int i = 1; i < fields.length && i <= columns.size(); i++) {
            StatColumn column = columns.get(i - 1);
            if (column != null && fields[i].matches("\\d{1,18}")) {
                values.put(column, Long.parseLong(fields[i]));
            }
        }
        entries.add(new Entry(number, part, fields[0], values));
        return true;
    }

    /** Whether it is such a file at all; an empty one is. */
    public boolean isValid() {
        return isValid;
    }

    /** Numbers of the lines that were passed over. */
    public List<Integer> faultyLines() {
        return faultyLines;
    }

    public List<Entry> entries() {
        return entries;
    }
}
