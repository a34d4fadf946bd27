package dev.weir.cli.page;

import static dev.weir.cli.page.Figures.figure;
import static dev.weir.cli.page.Figures.text;
import static dev.weir.cli.stat.StatColumn.*;

import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;
import dev.weir.cli.stat.StatRow.Kind;
import dev.weir.stats.LatencyPhase;
import dev.weir.stats.LatencySnapshot;
import java.util.List;
import java.util.Locale;

/** Writes one proxy: its frontend, its servers, its backend, and the form that changes servers. One thread. */
final class ProxySection {
    private static final String HEADS = """
            <th class="name">Name</th><th class="status">Status</th><th class="short">Rate /s</th><th class="long">Sessions</th>\
            <th class="short">Queue</th><th class="long">Total</th><th class="short">Latency</th><th class="long">Responses</th>\
            <th class="long">Bytes</th><th class="short">Denied</th><th class="short">Errors</th><th class="short">Retries</th>\
            <th class="short">Weight</th><th class="long">Checks</th></tr></thead><tbody>""";
    /** On a narrow page it may go. */
    private static final String IDLE = "idle";

    private final PageSettings settings;
    private final String token;
    private final String link;
    private final StringBuilder out;

    /** @param link where forms go, as HTML */
    ProxySection(PageSettings settings, String token, String link, StringBuilder out) {
        this.settings = settings;
        this.token = token;
        this.link = link;
        this.out = out;
    }

    /**
     * @param rows of the proxy, not empty
     * @param described what the configuration says of it, or empty
     */
    void write(List<StatRow> rows, String described) {
        StatRow first = rows.getFirst();
        String name = text(first.text(PXNAME));
        String description = described.isEmpty() ? "" : "<span>" + text(described) + "</span>";
        boolean isAdmin = settings.isAdmin() && rows.stream().anyMatch(row -> row.kind() == Kind.SERVER);
        out.append("<section class=\"proxy\" id=\"").append(name).append("\">");
        if (isAdmin) {
            out.append("<form method=\"post\" action=\"").append(link).append("\">");
        }
        out.append("<h2><a href=\"#").append(name).append("\">").append(name).append("</a><small>");
        out.append(text(kindOf(rows))).append("</small>").append(description).append("</h2>");
        out.append("<div class=\"wide\"><table><thead><tr>").append(isAdmin ? "<th class=\"box\"></th>" : "");
        out.append(HEADS);
        rows.forEach(row -> row(row, isAdmin));
        out.append("</tbody></table></div>");
        if (isAdmin) {
            actions(first.proxyId());
            out.append("</form>");
        }
        out.append("</section>");
    }

    private String kindOf(List<StatRow> rows) {
        StatRow last = rows.getLast();
        boolean tellsBalance = settings.showsLegends() && last.has(ALGO);
        return last.text(MODE) + (tellsBalance ? ", balance " + last.text(ALGO) : "");
    }

    private void row(StatRow row, boolean isAdmin) {
        String kind = row.kind().title().toLowerCase(Locale.ROOT);
        out.append("<tr class=\"").append(kind).append(' ').append(look(row)).append("\" data-key=\"");
        out.append(text(key(row))).append("\">");
        if (isAdmin) {
            box(row);
        }
        out.append("<th scope=\"row\" class=\"name\">").append(text(row.text(SVNAME)));
        out.append(small(legend(row))).append("</th>");
        status(row);
        rate(row);
        cell("Sessions", figure(row, SCUR), "max " + figure(row, SMAX) + limit(row, SLIM));
        queue(row);
        cell("Total", figure(row, STOT), row.has(LASTSESS) ? last(row.number(LASTSESS)) : requests(row));
        latency(row);
        responses(row);
        cell("Bytes", Figures.bytes(row.number(BIN)) + " in", Figures.bytes(row.number(BOUT)) + " out");
        sum("Denied", row, "", DREQ, "requests", DRESP, "responses", DCON, "connections", DSES, "sessions");
        sum("Errors", row, "bad", EREQ, "requests", ECON, "connecting", ERESP, "responses", EINT, "internal");
        sum(
                "Retries",
                row,
                "",
                WRETR,
                "retries",
                WREDIS,
                "redispatches",
                CLI_ABRT,
                "aborted by clients",
                SRV_ABRT,
                "aborted by servers");
        weight(row);
        checks(row);
        out.append("</tr>");
    }

    /** Tells the row from all others; listeners may share their name with each other, and with a server. */
    private static String key(StatRow row) {
        String path = row.text(PXNAME) + "/" + row.text(SVNAME);
        return row.kind() == Kind.LISTENER ? path + "#" + row.id() : path;
    }

    private void box(StatRow row) {
        out.append("<td class=\"box\">");
        if (row.kind() == Kind.SERVER) {
            String name = text(row.text(SVNAME));
            out.append("<input type=\"checkbox\" name=\"s\" value=\"").append(name);
            out.append("\" aria-label=\"").append(name).append("\">");
        }
        out.append("</td>");
    }

    // ---- cells ----

    private String legend(StatRow row) {
        if (!settings.showsLegends()) {
            return "";
        }
        String cookie = row.has(COOKIE) ? " cookie " + row.text(COOKIE) : "";
        String label = row.label().isEmpty() ? "" : " label " + row.label();
        return text((row.text(ADDR) + cookie + label).strip());
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

    private void status(StatRow row) {
        String since = row.has(LASTCHG) ? "for " + Figures.age(row.number(LASTCHG)) : "";
        String throttle = row.has(THROTTLE) ? ", " + row.text(THROTTLE) + " % of its weight" : "";
        out.append("<td class=\"status\" data-label=\"Status\"><span class=\"state\">");
        out.append(text(row.text(STATUS)))
                .append("</span>")
                .append(small(since + throttle))
                .append("</td>");
    }

    private void rate(StatRow row) {
        if (row.has(RATE)) {
            cell("Rate /s", figure(row, RATE), "max " + figure(row, RATE_MAX) + limit(row, RATE_LIM));
        } else {
            none("Rate /s");
        }
    }

    private void queue(StatRow row) {
        if (row.has(QCUR)) {
            String look = row.number(QMAX) == 0 ? IDLE : "";
            cell(look, "Queue", figure(row, QCUR), "max " + figure(row, QMAX) + limit(row, QLIMIT));
        } else {
            none("Queue");
        }
    }

    private static String limit(StatRow row, StatColumn column) {
        return row.number(column) > 0 ? " of " + figure(row, column) : "";
    }

    private static String last(long seconds) {
        return seconds < 0 ? "never used" : "last " + Figures.age(seconds) + " ago";
    }

    private static String requests(StatRow row) {
        boolean isHttp = row.has(REQ_TOT) && row.text(MODE).equals("http");
        return isHttp ? figure(row, REQ_TOT) + " requests" : "";
    }

    /** Whole exchanges; every phase where the mouse rests. */
    private void latency(StatRow row) {
        if (row.kind() == Kind.LISTENER) {
            none("Latency");
            return;
        }
        LatencySnapshot total = row.latencies().snapshot(LatencyPhase.TOTAL);
        if (total.isEmpty()) {
            cell(IDLE, "Latency", "–", "");
            return;
        }
        StringBuilder phases = new StringBuilder();
        for (LatencyPhase phase : LatencyPhase.values()) {
            LatencySnapshot of = row.latencies().snapshot(phase);
            phases.append(of.isEmpty() ? "" : phase.word() + ": " + percentiles(of) + "\n");
        }
        String median = text(Figures.duration(total.percentileNs(50)));
        String slow = text(Figures.duration(total.percentileNs(99)));
        cell("Latency", explained(median, phases.toString()), "p99 " + slow);
    }

    private static String percentiles(LatencySnapshot of) {
        return "p50 " + Figures.duration(of.percentileNs(50)) + ", p90 " + Figures.duration(of.percentileNs(90))
                + ", p99 " + Figures.duration(of.percentileNs(99)) + ", max " + Figures.duration(of.maximumNs());
    }

    /** How many were good, and which were not. */
    private void responses(StatRow row) {
        if (!row.text(MODE).equals("http") || row.kind() == Kind.LISTENER) {
            none("Responses");
            return;
        }
        String all = "1xx: " + figure(row, HRSP_1XX) + "\n2xx: " + figure(row, HRSP_2XX) + "\n3xx: "
                + figure(row, HRSP_3XX) + "\n4xx: " + figure(row, HRSP_4XX) + "\n5xx: " + figure(row, HRSP_5XX)
                + "\nother: " + figure(row, HRSP_OTHER);
        String more =
                part(row, HRSP_3XX, "3xx", "") + part(row, HRSP_4XX, "4xx", "") + part(row, HRSP_5XX, "5xx", "bad");
        boolean isNone = row.number(HRSP_2XX) == 0;
        String good = isNone ? "<span class=\"zero\">0 2xx</span>" : figure(row, HRSP_2XX) + " 2xx";
        cell("Responses", explained(good, all), more.strip());
    }

    private static String part(StatRow row, StatColumn column, String name, String look) {
        if (row.number(column) == 0) {
            return "";
        }
        String shown = figure(row, column) + "&nbsp;" + name;
        return " " + (look.isEmpty() ? shown : "<span class=\"" + look + "\">" + shown + "</span>");
    }

    /** Figures that are zero on a good day: their sum, and which they are. */
    private void sum(String label, StatRow row, String look, Object... columnsAndNames) {
        long sum = 0;
        boolean isAny = false;
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < columnsAndNames.length; i += 2) {
            StatColumn column = (StatColumn) columnsAndNames[i];
            isAny |= row.has(column);
            sum += row.number(column);
            if (row.number(column) > 0) {
                parts.append(parts.isEmpty() ? "" : "\n").append(columnsAndNames[i + 1]);
                parts.append(": ").append(Figures.grouped(row.number(column)));
            }
        }
        if (!isAny) {
            none(label);
        } else if (sum == 0) {
            cell(IDLE, label, "<span class=\"zero\">0</span>", "");
        } else {
            String marked = "<span class=\"" + look + "\">" + Figures.grouped(sum) + "</span>";
            cell(label, explained(marked, parts.toString()), firstLine(parts));
        }
    }

    private static String firstLine(StringBuilder parts) {
        int end = parts.indexOf("\n");
        return end < 0 ? parts.toString() : parts.substring(0, end) + " …";
    }

    private void weight(StatRow row) {
        if (!row.has(WEIGHT)) {
            none("Weight");
            return;
        }
        boolean isServer = row.kind() == Kind.SERVER;
        boolean isBackup = isServer && row.number(BCK) > 0;
        String more = isServer
                ? isBackup ? "backup" : ""
                : figure(row, ACT) + " active" + (row.number(BCK) > 0 ? "<br>" + figure(row, BCK) + " backup" : "");
        cell("Weight", figure(row, WEIGHT), more);
    }

    private void checks(StatRow row) {
        if (!row.has(CHECK_STATUS) && !row.has(CHKDOWN)) {
            none("Checks");
            return;
        }
        boolean isChecked = row.has(CHECK_STATUS);
        String took = row.has(CHECK_DURATION) ? "in " + row.text(CHECK_DURATION) + " ms" : "";
        String last = row.text(CHECK_DESC) + " " + row.text(LAST_CHK) + " " + took;
        String status = isChecked ? explained(text(row.text(CHECK_STATUS)), last) : "";
        boolean wasDown = row.number(CHKDOWN) > 0;
        String down = "down " + figure(row, CHKDOWN) + "×, " + Figures.age(row.number(DOWNTIME));
        cell(isChecked || wasDown ? "" : IDLE, "Checks", status, wasDown ? down : took);
    }

    private void cell(String label, String html, String more) {
        cell("", label, html, more);
    }

    private void cell(String look, String label, String html, String more) {
        out.append("<td ")
                .append(look.isEmpty() ? "" : "class=\"" + look + "\" ")
                .append("data-label=\"")
                .append(label)
                .append("\">")
                .append(html)
                .append(small(more))
                .append("</td>");
    }

    private void none(String label) {
        out.append("<td class=\"none\" data-label=\"").append(label).append("\"></td>");
    }

    private static String small(String html) {
        return html.isEmpty() ? "" : "<small>" + html + "</small>";
    }

    private static String explained(String html, String title) {
        return "<abbr title=\"" + text(title.strip()) + "\">" + html + "</abbr>";
    }

    // ---- the form ----

    private void actions(int proxyId) {
        out.append("<p class=\"actions\"><label>With the chosen servers: <select name=\"action\">");
        for (PageAction action : PageAction.values()) {
            out.append("<option value=\"").append(action.word()).append("\">");
            out.append(action.title()).append("</option>");
        }
        out.append("</select></label><input type=\"hidden\" name=\"b\" value=\"#")
                .append(proxyId);
        out.append("\"><input type=\"hidden\" name=\"token\" value=\"").append(token);
        out.append("\"><button>Apply</button></p>");
    }
}
