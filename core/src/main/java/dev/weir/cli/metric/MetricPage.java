package dev.weir.cli.metric;

import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;
import dev.weir.cli.stat.StatRow.Kind;
import dev.weir.resolver.ResolverCounter;
import dev.weir.stick.StickTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the text that Prometheus scrapes (exposition format 0.0.4), with the names, labels and order of HAProxy's own exporter.
 * One use a scrape; one thread.
 */
public final class MetricPage {
    private static final String PREFIX = "haproxy_";
    private static final String[] SERVER_STATES = {"DOWN", "UP", "MAINT", "DRAIN", "NOLB"};
    private static final String[] PROXY_STATES = {"DOWN", "UP"};
    private static final String[] LISTENER_STATES = {"WAITING", "OPEN", "FULL"};
    private static final String[] CHECK_STATES = {
        "HANA",
        "SOCKERR",
        "L4OK",
        "L4TOUT",
        "L4CON",
        "L6OK",
        "L6TOUT",
        "L6RSP",
        "L7TOUT",
        "L7RSP",
        "L7OK",
        "L7OKC",
        "L7STS",
        "PROCERR",
        "PROCTOUT",
        "PROCOK"
    };
    private static final StatColumn[] RESPONSES = {
        StatColumn.HRSP_1XX,
        StatColumn.HRSP_2XX,
        StatColumn.HRSP_3XX,
        StatColumn.HRSP_4XX,
        StatColumn.HRSP_5XX,
        StatColumn.HRSP_OTHER
    };
    private static final Map<Kind, String> SCOPES = Map.of(
            Kind.FRONTEND, "frontend", Kind.LISTENER, "listener", Kind.BACKEND, "backend", Kind.SERVER, "server");
    private static final Kind[] KINDS = {Kind.FRONTEND, Kind.LISTENER, Kind.BACKEND, Kind.SERVER};
    private static final double MS = 1000;

    private final RuntimeControl control;
    private final MetricFilter filter;
    private final List<StatRow> rows;
    private final StringBuilder out = new StringBuilder(1 << 14);

    private MetricPage(RuntimeControl control, MetricFilter filter) {
        this.control = control;
        this.filter = filter;
        this.rows = control.statistics().rows();
    }

    /** The page, or null if the query names a scope that is not known. */
    public static String write(RuntimeControl control, String query) {
        MetricFilter filter = MetricFilter.parse(query);
        return filter == null ? null : new MetricPage(control, filter).write();
    }

    private String write() {
        if (filter.wantsScope("global")) {
            process();
        }
        for (Kind kind : KINDS) {
            if (filter.wantsScope(SCOPES.get(kind))) {
                proxies(kind);
                if (kind != Kind.LISTENER) {
                    latencies(kind);
                }
            }
        }
        if (filter.wantsScope("sticktable")) {
            tables();
        }
        if (filter.wantsScope("resolver")) {
            resolvers();
        }
        return out.toString();
    }

    /** Says what a metric is; false if it was not asked for. */
    private boolean begin(String name, String description, boolean isCounter) {
        return begin(name, description, isCounter ? "counter" : "gauge");
    }

    private boolean begin(String name, String description, String type) {
        if (!filter.wants(name)) {
            return false;
        }
        out.append("# HELP ").append(name).append(' ').append(description).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return true;
    }

    // ---- the process ----

    private void process() {
        for (ProcessMetric metric : ProcessMetrics.ALL) {
            String name = PREFIX + "process_" + metric.name();
            String value = metric.value().apply(control);
            if (!value.isEmpty() && begin(name, metric.description(), metric.isCounter())) {
                String labels = processLabels(metric, value);
                out.append(name).append(labels.isEmpty() ? "" : "{" + labels + '}');
                out.append(' ').append(metric.label() == null ? value : "1").append('\n');
            }
        }
    }

    /** {@code desc} is there once, also where it is the metric's own. */
    private String processLabels(ProcessMetric metric, String value) {
        String own = metric.label() == null ? "" : metric.label() + "=\"" + escape(value) + '"';
        String text = filter.showsDescriptions() ? control.process().description() : "";
        if (text.isEmpty() || "desc".equals(metric.label())) {
            return own;
        }
        return own + (own.isEmpty() ? "" : ",") + "desc=\"" + escape(text) + '"';
    }

    // ---- proxies and servers ----

    private void proxies(Kind kind) {
        for (Metric metric : ProxyMetrics.ALL) {
            String name = PREFIX + SCOPES.get(kind) + "_" + metric.name();
            List<StatRow> shown = metric.isOf(kind)
                    ? rows.stream()
                            .filter(row -> isShown(row, kind) && metric.concerns(row))
                            .filter(row -> !metric.isOfServers()
                                    || serversOf(row).findAny().isPresent())
                            .toList()
                    : List.of();
            if (!shown.isEmpty() && begin(name, metric.column().description(), metric.isCounter())) {
                shown.forEach(row -> samples(name, metric, row));
            }
        }
    }

    /** Of Weir alone: HAProxy has no histograms. */
    private void latencies(Kind kind) {
        String name = "weir_" + SCOPES.get(kind) + "_latency_seconds";
        boolean isAny = rows.stream().anyMatch(row -> isShown(row, kind));
        if (isAny && begin(name, "durations of exchanges by phase", "histogram")) {
            for (StatRow row : rows) {
                if (isShown(row, kind)) {
                    LatencyMetrics.write(name, row, labels(row), out);
                }
            }
        }
    }

    private boolean isShown(StatRow row, Kind kind) {
        boolean isHidden =
                filter.hidesMaintenance() && row.text(StatColumn.STATUS).startsWith("MAINT");
        return row.kind() == kind && !isHidden;
    }

    private void samples(String name, Metric metric, StatRow row) {
        switch (metric.form()) {
            case PLAIN -> sample(name, row, null, null, number(row, metric.column()));
            case SECONDS -> sample(name, row, null, null, seconds(row, metric.column()));
            case STATE -> states(name, row);
            case CHECK -> check(name, row, metric.column());
            case RESPONSES -> responses(name, row);
            case SERVERS -> servers(name, row);
            case CHECKS -> checks(name, row);
        }
    }

    private static String number(StatRow row, StatColumn column) {
        return row.has(column) ? row.text(column) : "NaN";
    }

    private static String seconds(StatRow row, StatColumn column) {
        return row.has(column) ? String.format(Locale.ROOT, "%.6f", row.number(column) / MS) : "NaN";
    }

    private void states(String name, StatRow row) {
        String state = row.kind() == Kind.LISTENER ? row.text(StatColumn.STATUS) : state(row);
        for (String each : states(row.kind())) {
            sample(name, row, "state", each, each.equals(state) ? "1" : "0");
        }
    }

    private static String[] states(Kind kind) {
        return switch (kind) {
            case FRONTEND, BACKEND -> PROXY_STATES;
            case LISTENER -> LISTENER_STATES;
            case SERVER -> SERVER_STATES;
        };
    }

    /** The word for one of the states. */
    private static String state(StatRow row) {
        String status = row.text(StatColumn.STATUS);
        for (String state : SERVER_STATES) {
            if (status.startsWith(state)) {
                return state;
            }
        }
        return status.equals("STOP") ? "DOWN" : "UP";
    }

    private void check(String name, StatRow row, StatColumn column) {
        for (String each : CHECK_STATES) {
            sample(name, row, "state", each, each.equals(row.text(column)) ? "1" : "0");
        }
    }

    private void responses(String name, StatRow row) {
        for (StatColumn column : RESPONSES) {
            sample(name, row, "code", column.text().substring("hrsp_".length()), number(row, column));
        }
    }

    private void servers(String name, StatRow backend) {
        for (String each : SERVER_STATES) {
            long count =
                    serversOf(backend).filter(row -> state(row).equals(each)).count();
            sample(name, backend, "state", each, Long.toString(count));
        }
    }

    private void checks(String name, StatRow backend) {
        for (String each : CHECK_STATES) {
            long count = serversOf(backend)
                    .filter(row -> row.text(StatColumn.CHECK_STATUS).equals(each))
                    .count();
            sample(name, backend, "state", each, Long.toString(count));
        }
    }

    private java.util.stream.Stream<StatRow> serversOf(StatRow backend) {
        return rows.stream().filter(row -> row.kind() == Kind.SERVER && row.proxyId() == backend.proxyId());
    }

    private void sample(String name, StatRow row, String label, String value, String number) {
        out.append(name).append('{').append(labels(row));
        if (label != null) {
            out.append(',').append(label).append("=\"").append(value).append('"');
        }
        out.append("} ").append(number).append('\n');
    }

    private String labels(StatRow row) {
        String proxy = "proxy=\"" + escape(row.text(StatColumn.PXNAME)) + '"' + description(row);
        return switch (row.kind()) {
            case FRONTEND, BACKEND -> proxy;
            case LISTENER, SERVER ->
                proxy + ',' + SCOPES.get(row.kind()) + "=\"" + escape(row.text(StatColumn.SVNAME)) + '"';
        };
    }

    private String description(StatRow row) {
        String text = filter.showsDescriptions()
                ? control.description(
                        row.text(StatColumn.PXNAME), row.kind() == Kind.FRONTEND || row.kind() == Kind.LISTENER)
                : "";
        return text.isEmpty() ? "" : ",desc=\"" + escape(text) + '"';
    }

    static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    // ---- name servers ----

    private void resolvers() {
        boolean isAny = ResolverMetrics.isAny(control.resolvers());
        for (ResolverCounter counter : ResolverCounter.values()) {
            if (isAny && begin(ResolverMetrics.name(counter), counter.description(), false)) {
                ResolverMetrics.write(control.resolvers(), counter, out);
            }
        }
    }

    // ---- stick tables ----

    private void tables() {
        table(
                "size",
                "entries that the table may hold",
                table -> table.settings().entriesMax());
        table(
                "used",
                "entries of the table",
                table -> table.used(control.process().clock().nanoTime()));
    }

    private interface TableFigure {
        long of(StickTable table);
    }

    private void table(String name, String description, TableFigure figure) {
        boolean isAny = control.tables().all().iterator().hasNext();
        if (isAny && begin(PREFIX + "sticktable_" + name, description, false)) {
            for (StickTable table : control.tables().all()) {
                out.append(PREFIX).append("sticktable_").append(name).append("{name=\"");
                out.append(escape(table.name()));
                out.append("\",type=\"").append(table.settings().type().text()).append("\"} ");
                out.append(figure.of(table)).append('\n');
            }
        }
    }
}
