package dev.weir.cli.stat;

import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import dev.weir.stats.Latencies;
import java.util.EnumMap;
import java.util.Map;

/** The figures of one frontend, listener, server or backend; what it has no figure for is absent. One thread. */
public final class StatRow {
    /** What the row is about, with HAProxy's numbers and letters. */
    public enum Kind {
        FRONTEND(0, 'F', "Frontend"),
        BACKEND(1, 'B', "Backend"),
        SERVER(2, 'S', "Server"),
        LISTENER(3, 'L', "Listener");

        private final int number;
        private final char letter;
        private final String title;

        Kind(int number, char letter, String title) {
            this.number = number;
            this.letter = letter;
            this.title = title;
        }

        public int number() {
            return number;
        }

        public char letter() {
            return letter;
        }

        public String title() {
            return title;
        }

        /** Whether it is the proxy itself, and no part of it. */
        public boolean isWhole() {
            return this == FRONTEND || this == BACKEND;
        }

        /** Bit of the mask in {@code show stat <proxy> <mask> <server>}. */
        public int mask() {
            return 1 << number;
        }
    }

    private final Kind kind;
    private final int proxyId;
    private final int id;
    private final Map<StatColumn, Object> values = new EnumMap<>(StatColumn.class);
    private final Latencies latencies;
    private String label = "";
    private String guid = "";
    private String serversUp = "";

    /** @param latencies null for a listener */
    public StatRow(Kind kind, String proxy, int proxyId, String name, int id, Latencies latencies) {
        this.kind = kind;
        this.proxyId = proxyId;
        this.id = id;
        this.latencies = latencies;
        put(StatColumn.PXNAME, proxy);
        put(StatColumn.SVNAME, name);
        put(StatColumn.PID, 1);
        put(StatColumn.IID, proxyId);
        put(StatColumn.SID, id);
        put(StatColumn.TYPE, kind.number);
    }

    public Kind kind() {
        return kind;
    }

    public int proxyId() {
        return proxyId;
    }

    /** Of the server or listener, 0 for the others. */
    public int id() {
        return id;
    }

    /** What people call it beside its name; empty if they do not. */
    public String label() {
        return label;
    }

    void label(String label) {
        this.label = label;
    }

    /** Its name in a {@code stats-file}; empty for none. */
    public String guid() {
        return guid;
    }

    void guid(String guid) {
        this.guid = guid;
    }

    /** What exchanges take; live, not of the moment when the row was made. Listeners have none: null. */
    public Latencies latencies() {
        return latencies;
    }

    /** A text; null is none. */
    public StatRow put(StatColumn column, String text) {
        if (text != null) {
            values.put(column, text);
        }
        return this;
    }

    public StatRow put(StatColumn column, long number) {
        values.put(column, number);
        return this;
    }

    /** All counters that have one of the columns. */
    public StatRow put(Counters counters, StatColumn... columns) {
        for (StatColumn column : columns) {
            Counter counter = Counter.ofColumn(column.text());
            put(column, counter == null ? 0 : counters.get(counter));
        }
        return this;
    }

    /** How many servers of how many are up; of a backend. */
    void serversUp(long count, long of) {
        serversUp = " (" + count + "/" + of + ")";
    }

    /** For a list that leaves out servers: the status of their backend says how many there are. */
    public void tellServersUp() {
        if (kind == Kind.BACKEND) {
            put(StatColumn.STATUS, text(StatColumn.STATUS) + serversUp);
        }
    }

    /** Forgets where servers are, and how they are chosen. */
    public void hideLegends() {
        values.remove(StatColumn.ADDR);
        values.remove(StatColumn.COOKIE);
        values.remove(StatColumn.ALGO);
    }

    /** A server that {@code up} leaves out, or {@code no-maint}. */
    public boolean isHidden(boolean onlyUp, boolean noMaintenance) {
        String status = text(StatColumn.STATUS);
        boolean isInMaintenance = status.startsWith("MAINT");
        return kind == Kind.SERVER
                && (onlyUp && (isInMaintenance || status.startsWith("DOWN")) || noMaintenance && isInMaintenance);
    }

    public boolean has(StatColumn column) {
        return values.containsKey(column);
    }

    /** The value as text; empty if there is none. */
    public String text(StatColumn column) {
        Object value = values.get(column);
        return value == null ? "" : value.toString();
    }

    /** 0 if there is none. */
    public long number(StatColumn column) {
        return values.get(column) instanceof Long number ? number : 0;
    }

    /** Whether the value is a text. */
    public boolean isText(StatColumn column) {
        return values.get(column) instanceof String;
    }
}
