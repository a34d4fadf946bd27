package dev.weir.cli.page;

import static dev.weir.cli.stat.StatColumn.*;

import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.InfoField;
import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;
import dev.weir.cli.stat.StatRow.Kind;
import dev.weir.stats.LatencyPhase;
import dev.weir.stats.LatencySnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the page. One use a request; one thread. */
final class StatsPage {
    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");
    private static final long KIB = 1024;

    private final RuntimeControl control;
    private final PageSettings settings;
    private final String token;
    private final String message;
    private final StringBuilder out = new StringBuilder(1 << 14);

    /**
     * @param token that a form has to bring back
     * @param message what came of the form before, or empty
     */
    StatsPage(RuntimeControl control, PageSettings settings, String token, String message) {
        this.control = control;
        this.settings = settings;
        this.token = token;
        this.message = message;
    }

    private static String resource(String name) {
        try (InputStream in = StatsPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String write(List<StatRow> rows, boolean mayRefresh) {
        head(mayRefresh);
        process();
        for (List<StatRow> proxy : byProxy(rows).values()) {
            proxy(proxy);
        }
        out.append("</main><script>").append(SCRIPT).append("</script></body></html>\n");
        return out.toString();
    }

    private static Map<Integer, List<StatRow>> byProxy(List<StatRow> rows) {
        Map<Integer, List<StatRow>> proxies = new LinkedHashMap<>();
        for (StatRow row : rows) {
            proxies.computeIfAbsent(row.proxyId(), id -> new ArrayList<>()).add(row);
        }
        return proxies;
    }

    // ---- head and process ----

    private void head(boolean mayRefresh) {
        out.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        if (mayRefresh && settings.refreshSeconds() > 0) {
            out.append("<noscript><meta http-equiv=\"refresh\" content=\"").append(settings.refreshSeconds());
            out.append("\"></noscript>");
        }
        out.append("<title>Statistics Report</title><style>").append(STYLE).append("</style></head>");
        out.append("<body data-refresh=\"")
                .append(mayRefresh ? Math.max(1, settings.refreshSeconds()) : 0)
                .append("\"><header><h1>Weir");
        if (!settings.hidesVersion()) {
            out.append(" <small>")
                    .append(text(InfoField.VERSION.value(control)))
                    .append("</small>");
        }
        out.append("</h1><p>Statistics Report for pid ")
                .append(control.process().pid());
        if (settings.node() != null) {
            out.append(" on ").append(text(settings.node()));
        }
        if (settings.description() != null) {
            out.append(": ").append(text(settings.description()));
        }
        out.append("</p></header><main>");
        if (!message.isEmpty()) {
            out.append("<p class=\"message\" role=\"status\">")
                    .append(text(message))
                    .append("</p>");
        }
    }

    private void process() {
        out.append("<section class=\"process\"><dl>");
        fact("Uptime", InfoField.UPTIME);
        fact("Connections", InfoField.CURRCONNS);
        fact("of at most", InfoField.MAXCONN);
        fact("Connections/s", InfoField.CONNRATE);
        fact("Sessions/s", InfoField.SESSRATE);
        fact("Threads", InfoField.NBTHREAD);
        out.append("</dl><nav><a href=\"").append(text(settings.uri())).append("\">Refresh now</a> ");
        out.append("<a href=\"").append(text(settings.uri())).append(";csv\">CSV</a> ");
        out.append("<a href=\"").append(text(settings.uri())).append(";json\">JSON</a></nav></section>");
    }

    private void fact(String title, InfoField field) {
        out.append("<div><dt>")
                .append(title)
                .append("</dt><dd>")
                .append(text(field.value(control)))
                .append("</dd></div>");
    }

    // ---- a proxy ----

    private void proxy(List<StatRow> rows) {
        String name = rows.getFirst().text(PXNAME);
        boolean hasServers = rows.stream().anyMatch(row -> row.kind() == Kind.SERVER);
        boolean isAdmin = settings.isAdmin() && hasServers;
        out.append("<section class=\"proxy\" id=\"")
                .append(text(name))
                .append("\"><h2><a href=\"#")
                .append(text(name));
        out.append("\">")
                .append(text(name))
                .append("</a> <small>")
                .append(text(rows.getFirst().text(MODE)));
        out.append("</small></h2>");
        if (isAdmin) {
            out.append("<form method=\"post\" action=\"")
                    .append(text(settings.uri()))
                    .append("\">");
        }
        out.append("<div class=\"wide\"><table><thead><tr>").append(isAdmin ? "<th></th>" : "");
        out.append("<th>Name</th><th>Status</th><th>Queue<br><small>now / max</small></th>");
        out.append(
                "<th>Sessions/s<br><small>now / max</small></th><th>Sessions<br><small>now / max / limit</small></th>");
        out.append(
                "<th>Total</th><th>Bytes<br><small>in / out</small></th><th>Denied<br><small>req / resp</small></th>");
        out.append(
                "<th>Errors<br><small>req / conn / resp</small></th><th>Warnings<br><small>retry / redis</small></th>");
        out.append("<th>Latency<br><small>p50 / p99 / max</small></th>");
        out.append("<th>Weight</th><th>Check</th><th>Down<br><small>times / for</small></th></tr></thead><tbody>");
        rows.forEach(row -> row(row, isAdmin));
        out.append("</tbody></table></div>");
        if (isAdmin) {
            actions(rows.getFirst().proxyId());
        }
        out.append("</section>");
    }

    private void row(StatRow row, boolean isAdmin) {
        String kind = row.kind().title().toLowerCase(java.util.Locale.ROOT);
        out.append("<tr class=\"").append(kind).append(' ').append(look(row)).append("\">");
        if (isAdmin) {
            out.append("<td>");
            if (row.kind() == Kind.SERVER) {
                out.append("<input type=\"checkbox\" name=\"s\" value=\"").append(text(row.text(SVNAME)));
                out.append("\" aria-label=\"").append(text(row.text(SVNAME))).append("\">");
            }
            out.append("</td>");
        }
        out.append("<th scope=\"row\">").append(text(title(row))).append("</th>");
        cell(row, "state", text(row.text(STATUS)));
        cell(row, "", pair(row, QCUR, QMAX));
        cell(row, "", pair(row, RATE, RATE_MAX));
        cell(row, "", pair(row, SCUR, SMAX) + " / " + (row.has(SLIM) ? row.text(SLIM) : "–"));
        cell(row, "", figure(row, STOT));
        cell(row, "", bytes(row.number(BIN)) + " / " + bytes(row.number(BOUT)));
        cell(row, "", pair(row, DREQ, DRESP));
        cell(row, "", figure(row, EREQ) + " / " + pair(row, ECON, ERESP));
        cell(row, "", pair(row, WRETR, WREDIS));
        cell(row, "", latency(row));
        cell(row, "", figure(row, WEIGHT));
        cell(row, "", check(row));
        cell(row, "", figure(row, CHKDOWN) + (row.has(DOWNTIME) ? " / " + row.text(DOWNTIME) + " s" : ""));
        out.append("</tr>");
    }

    private String title(StatRow row) {
        boolean showsAddress = settings.showsLegends() && row.has(ADDR);
        return row.text(SVNAME) + (showsAddress ? " " + row.text(ADDR) : "");
    }

    /** What colour it has. */
    private static String look(StatRow row) {
        String status = row.text(STATUS);
        if (status.startsWith("UP") || status.equals("OPEN")) {
            return "up";
        }
        if (status.startsWith("no check")) {
            return "unchecked";
        }
        return status.startsWith("DOWN") || status.equals("STOP") ? "down" : "away";
    }

    private void cell(StatRow row, String look, String html) {
        out.append("<td")
                .append(look.isEmpty() ? "" : " class=\"" + look + "\"")
                .append('>')
                .append(html)
                .append("</td>");
    }

    private static String figure(StatRow row, StatColumn column) {
        return row.has(column) ? text(row.text(column)) : "–";
    }

    private static String pair(StatRow row, StatColumn first, StatColumn second) {
        return figure(row, first) + " / " + figure(row, second);
    }

    private static String check(StatRow row) {
        if (!row.has(CHECK_STATUS)) {
            return "";
        }
        String duration = row.has(CHECK_DURATION) ? " in " + row.text(CHECK_DURATION) + " ms" : "";
        return "<abbr title=\"" + text(row.text(CHECK_DESC) + " " + row.text(LAST_CHK)) + "\">"
                + text(row.text(CHECK_STATUS)) + "</abbr>" + duration;
    }

    /** Whole exchanges; every phase where the mouse rests. */
    private static String latency(StatRow row) {
        LatencySnapshot total = row.latencies().snapshot(LatencyPhase.TOTAL);
        if (total.isEmpty()) {
            return "–";
        }
        StringBuilder phases = new StringBuilder();
        for (LatencyPhase phase : LatencyPhase.values()) {
            LatencySnapshot of = row.latencies().snapshot(phase);
            phases.append(of.isEmpty() ? "" : phase.word() + ": " + percentiles(of) + "\n");
        }
        return "<abbr title=\"" + text(phases.toString()) + "\">" + percentiles(total) + "</abbr>";
    }

    private static String percentiles(LatencySnapshot of) {
        return duration(of.percentileNs(50)) + " / " + duration(of.percentileNs(99)) + " / " + duration(of.maximumNs());
    }

    /** Three digits are enough to compare. */
    private static String duration(long ns) {
        String[] units = {"ns", "µs", "ms", "s"};
        double value = ns;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        int digits = value >= 100 || unit == 0 ? 0 : value >= 10 ? 1 : 2;
        return String.format(java.util.Locale.ROOT, "%." + digits + "f %s", value, units[unit]);
    }

    private static String bytes(long count) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = count;
        int unit = 0;
        while (value >= KIB && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(java.util.Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    private void actions(int proxyId) {
        out.append("<p class=\"actions\"><label>With the chosen servers: <select name=\"action\">");
        for (PageAction action : PageAction.values()) {
            out.append("<option value=\"")
                    .append(action.word())
                    .append("\">")
                    .append(action.title())
                    .append("</option>");
        }
        out.append("</select></label><input type=\"hidden\" name=\"b\" value=\"#")
                .append(proxyId);
        out.append("\"><input type=\"hidden\" name=\"token\" value=\"").append(token);
        out.append("\"> <button>Apply</button></p></form>");
    }

    /** For HTML, in texts and attributes. */
    static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
