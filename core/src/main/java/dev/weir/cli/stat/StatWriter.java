package dev.weir.cli.stat;

/** The forms of {@code show stat}. No state. */
public final class StatWriter {
    private static final StatColumn[] COLUMNS = StatColumn.values();

    private StatWriter() {}

    /** The first line of the CSV. */
    public static void header(StringBuilder out) {
        out.append("# ");
        for (StatColumn column : COLUMNS) {
            out.append(column.text()).append(',');
        }
        out.append("-,\n"); // what follows in HAProxy are columns of modules that are not here
    }

    public static void csv(StatRow row, StringBuilder out) {
        for (StatColumn column : COLUMNS) {
            quoted(row.text(column), out);
            out.append(',');
        }
        out.append("-,\n");
    }

    /** RFC 4180. */
    private static void quoted(String text, StringBuilder out) {
        boolean isPlain = text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0;
        if (isPlain) {
            out.append(text);
        } else {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }

    /**
     * A line for each value: {@code F.2.0.0.pxname.1:KNS:str:web}.
     *
     * @param isDescribed what the column means follows in quotes
     */
    public static void typed(StatRow row, boolean isDescribed, StringBuilder out) {
        for (StatColumn column : COLUMNS) {
            if (row.has(column)) {
                out.append(row.kind().letter()).append('.').append(row.proxyId());
                out.append('.').append(row.id()).append('.').append(column.ordinal());
                out.append('.').append(column.text()).append(".1:").append(column.tags(row.kind()));
                out.append(':').append(column.type().text()).append(':').append(row.text(column));
                out.append(isDescribed ? ":\"" + column.description() + '"' : "")
                        .append('\n');
            }
        }
    }

    /** An array of objects, one for each value. */
    public static void json(StatRow row, StringBuilder out) {
        char separator = '[';
        for (StatColumn column : COLUMNS) {
            if (row.has(column)) {
                out.append(separator)
                        .append("{\"objType\":\"")
                        .append(row.kind().title());
                out.append("\",\"proxyId\":")
                        .append(row.proxyId())
                        .append(",\"id\":")
                        .append(row.id());
                out.append(',');
                Json.field(column.ordinal(), column.text(), out);
                out.append(",\"processNum\":1,");
                Json.tags(column.tags(row.kind()), out);
                out.append(',');
                Json.value(column.type().text(), row.isText(column), row.text(column), out);
                out.append('}');
                separator = ',';
            }
        }
        out.append(']');
    }

    /** All columns with their descriptions: {@code show stat desc}. */
    public static void described(StatRow row, StringBuilder out) {
        for (StatColumn column : COLUMNS) {
            if (row.has(column)) {
                out.append(column.ordinal()).append('.').append(column.text()).append(": ");
                out.append(row.text(column))
                        .append(" : \"")
                        .append(column.description())
                        .append("\"\n");
            }
        }
        out.append('\n');
    }
}
