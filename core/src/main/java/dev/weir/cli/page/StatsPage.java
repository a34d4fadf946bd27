package dev.weir.cli.page;

import static dev.weir.cli.page.Figures.text;

import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.InfoField;
import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the page. One use a request; one thread. */
final class StatsPage {
    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");
    /** Nothing but what is on the page itself may run, and forms and figures go to and come from here only. */
    static final String POLICY = "default-src 'none'; style-src '" + digest(STYLE) + "'; script-src '" + digest(SCRIPT)
            + "'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** How often a page refreshes itself for which nothing is configured. */
    private static final int REFRESH_SECONDS = 5;

    private final RuntimeControl control;
    private final PageSettings settings;
    private final String token;
    private final PageRequest wanted;
    private final String message;
    private final StringBuilder out = new StringBuilder(1 << 14);

    /**
     * @param token that a form has to bring back
     * @param wanted what the page is asked for
     * @param message what came of the form before, or empty
     */
    StatsPage(RuntimeControl control, PageSettings settings, String token, PageRequest wanted, String message) {
        this.control = control;
        this.settings = settings;
        this.token = token;
        this.wanted = wanted;
        this.message = message;
    }

    /** {@code stats show-desc} without words shows the process's. */
    private String description() {
        if (settings.description() == null) {
            return "";
        }
        return settings.description().isEmpty() ? control.process().description() : settings.description();
    }

    private static String resource(String name) {
        try (InputStream in = StatsPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** @param down how many servers are down */
    String write(List<StatRow> rows, long down) {
        head(wanted.mayRefresh());
        process(down);
        ProxySection section = new ProxySection(settings, token, link("", wanted.onlyUp()), out);
        byProxy(rows).values().forEach(proxy -> section.write(proxy, description(proxy.getFirst())));
        out.append("</main><script>").append(SCRIPT).append("</script></body></html>\n");
        return out.toString();
    }

    private String description(StatRow row) {
        return control.description(row.text(StatColumn.PXNAME), row.kind() == StatRow.Kind.FRONTEND);
    }

    private static Map<Integer, List<StatRow>> byProxy(List<StatRow> rows) {
        Map<Integer, List<StatRow>> proxies = new LinkedHashMap<>();
        for (StatRow row : rows) {
            proxies.computeIfAbsent(row.proxyId(), id -> new ArrayList<>()).add(row);
        }
        return proxies;
    }

    private void head(boolean mayRefresh) {
        out.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        if (mayRefresh && settings.refreshSeconds() > 0) {
            out.append("<noscript><meta http-equiv=\"refresh\" content=\"").append(settings.refreshSeconds());
            out.append("\"></noscript>");
        }
        out.append("<title>Statistics Report for Weir");
        out.append(settings.node() == null ? "" : " on " + text(settings.node()))
                .append("</title>");
        out.append("<style>").append(STYLE).append("</style></head><body data-refresh=\"");
        out.append(mayRefresh ? period() : 0).append("\"><header><h1>Weir");
        if (!settings.hidesVersion()) {
            out.append(" <small>")
                    .append(text(InfoField.VERSION.value(control)))
                    .append("</small>");
        }
        out.append("</h1><p>Statistics Report for pid ")
                .append(control.process().pid());
        out.append(settings.node() == null ? "" : " on " + text(settings.node()));
        String description = description();
        out.append(description.isEmpty() ? "" : ": " + text(description));
        out.append("</p></header><main>");
        if (!message.isEmpty()) {
            out.append("<p class=\"message\" role=\"status\">")
                    .append(text(message))
                    .append("</p>");
        }
    }

    private int period() {
        return settings.refreshSeconds() > 0 ? settings.refreshSeconds() : REFRESH_SECONDS;
    }

    private void process(long down) {
        out.append("<section class=\"process\"><dl>");
        fact("Uptime", Figures.age(number(InfoField.UPTIME_SEC)));
        fact("Connections", grouped(InfoField.CURRCONNS) + " <small>of " + grouped(InfoField.MAXCONN) + "</small>");
        fact("Connections /s", grouped(InfoField.CONNRATE));
        fact("Sessions /s", grouped(InfoField.SESSRATE));
        fact("Threads", grouped(InfoField.NBTHREAD));
        fact("Servers down", down == 0 ? "0" : "<span class=\"bad\">" + down + "</span>");
        out.append("</dl><nav>");
        anchor(link("", !wanted.onlyUp()), wanted.onlyUp() ? "Show all servers" : "Hide servers that are down");
        if (!wanted.scope().isEmpty()) {
            anchor(text(settings.uri()), "Show all proxies");
        }
        anchor(link("", wanted.onlyUp()), "Refresh");
        anchor(link(";csv", wanted.onlyUp()), "CSV");
        anchor(link(";json", wanted.onlyUp()), "JSON");
        out.append("</nav></section>");
    }

    private String link(String form, boolean isOnlyUp) {
        return text(settings.uri() + form + wanted.choice(isOnlyUp));
    }

    private void anchor(String link, String title) {
        out.append("<a href=\"").append(link).append("\">").append(title).append("</a> ");
    }

    private String grouped(InfoField field) {
        return Figures.grouped(number(field));
    }

    private long number(InfoField field) {
        return Long.parseLong(field.value(control));
    }

    private void fact(String title, String html) {
        out.append("<div><dt>").append(title).append("</dt><dd>").append(html).append("</dd></div>");
    }
}
