package dev.weir.cli.page;

import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.JsonSchema;
import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;
import dev.weir.cli.stat.StatWriter;
import dev.weir.rule.service.Service;
import dev.weir.rule.service.ServiceAnswer;
import dev.weir.rule.service.ServiceRequest;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code stats uri}: the page, {@code ;csv} and {@code ;json}, and the forms by which an admin changes servers. A form has to bring
 * back the token of a page that this process has made, and may not come from a page of another origin. Any thread.
 */
public final class StatsService implements Service {
    private final RuntimeControl control;
    private final PageSettings settings;
    private final String token;

    /** @param token that forms have to bring back */
    public StatsService(RuntimeControl control, PageSettings settings, String token) {
        this.control = control;
        this.settings = settings;
        this.token = token;
    }

    @Override
    public String logName() {
        return "<STATS>";
    }

    @Override
    public ServiceAnswer answer(ServiceRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> show(request);
            case "POST" -> change(request);
            default -> html(405, "<p>Only GET, HEAD and POST are answered here.</p>");
        };
    }

    // ---- showing ----

    private ServiceAnswer show(ServiceRequest request) {
        PageRequest wanted = wanted(request);
        return switch (wanted.form()) {
            case PAGE -> html(200, page(wanted));
            case CSV -> answer(200, "text/plain", csv(wanted));
            case TYPED -> answer(200, "text/plain", typed(wanted));
            case JSON -> answer(200, "application/json", json(wanted));
            case SCHEMA -> answer(200, "application/json", JsonSchema.TEXT + "\n");
        };
    }

    private static PageRequest wanted(ServiceRequest request) {
        return PageRequest.parse(request.path() + (request.query().isEmpty() ? "" : "?" + request.query()));
    }

    private String page(PageRequest wanted) {
        String message = wanted.result().isEmpty() ? "" : message(wanted.result());
        return new StatsPage(control, settings, token, wanted, message).write(rows(wanted), down());
    }

    /** Without {@code stats show-legends} nobody is told where servers are, and how they are chosen. */
    private List<StatRow> rows(PageRequest wanted) {
        List<StatRow> rows = visible()
                .filter(row -> wanted.wants(row.text(StatColumn.PXNAME)))
                .filter(row -> !row.isHidden(wanted.onlyUp(), wanted.noMaintenance()))
                .toList();
        if (wanted.onlyUp() || wanted.noMaintenance()) {
            rows.forEach(StatRow::tellServersUp);
        }
        if (!settings.showsLegends()) {
            rows.forEach(StatRow::hideLegends);
        }
        return rows;
    }

    private Stream<StatRow> visible() {
        List<String> scope = settings.scope();
        return control.statistics().rows().stream()
                .filter(row -> scope.isEmpty() || scope.contains(row.text(StatColumn.PXNAME)));
    }

    /** Servers that are down, also those of proxies that the page does not show just now. */
    private long down() {
        return visible()
                .filter(row -> row.kind() == StatRow.Kind.SERVER)
                .filter(row -> row.text(StatColumn.STATUS).startsWith("DOWN"))
                .count();
    }

    private String csv(PageRequest wanted) {
        StringBuilder out = new StringBuilder();
        StatWriter.header(out);
        rows(wanted).forEach(row -> StatWriter.csv(row, out));
        return out.toString();
    }

    private String typed(PageRequest wanted) {
        StringBuilder out = new StringBuilder();
        rows(wanted).forEach(row -> StatWriter.typed(row, false, out));
        return out.toString();
    }

    private String json(PageRequest wanted) {
        StringBuilder out = new StringBuilder("[");
        for (StatRow row : rows(wanted)) {
            if (out.length() > 1) {
                out.append(',');
            }
            StatWriter.json(row, out);
        }
        return out.append("]\n").toString();
    }

    private static ServiceAnswer html(int status, String text) {
        ServiceAnswer answer = answer(status, "text/html; charset=utf-8", text);
        answer.fields().put("content-security-policy", StatsPage.POLICY);
        answer.fields().put("referrer-policy", "same-origin");
        return answer;
    }

    private static ServiceAnswer answer(int status, String type, String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("cache-control", "no-cache");
        fields.put("content-type", type);
        fields.put("x-content-type-options", "nosniff");
        fields.put("x-frame-options", "DENY");
        return new ServiceAnswer(status, fields, text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- changing ----

    private ServiceAnswer change(ServiceRequest request) {
        return redirect(outcome(request), wanted(request));
    }

    private String outcome(ServiceRequest request) {
        if (!settings.isAdmin() || isForeign(request)) {
            return "DENY";
        }
        List<String> servers = new ArrayList<>();
        Map<String, String> form = new LinkedHashMap<>();
        try {
            read(request.body(), form, servers);
        } catch (IllegalArgumentException e) {
            return "ERRP"; // what no browser sends: a % without its two digits
        }
        if (!token.equals(form.get("token"))) {
            return "DENY";
        }
        PageAction action = PageAction.of(form.getOrDefault("action", ""));
        ServerPool pool = pool(form.getOrDefault("b", ""));
        if (action == null || pool == null) {
            return "ERRP";
        }
        return apply(action, pool, servers);
    }

    private static boolean isForeign(ServiceRequest request) {
        String origin = request.origin();
        int host = origin.indexOf("://");
        return !origin.isEmpty() && (host < 0 || !origin.substring(host + 3).equalsIgnoreCase(request.host()));
    }

    private static void read(String body, Map<String, String> form, List<String> servers) {
        for (String part : body.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String value = URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
                if (part.substring(0, equals).equals("s")) {
                    servers.add(value);
                } else {
                    form.put(part.substring(0, equals), value);
                }
            }
        }
    }

    /** By {@code #id}, or by name. */
    private ServerPool pool(String text) {
        for (ServerPool pool : control.process().pools().all()) {
            boolean isVisible = settings.scope().isEmpty() || settings.scope().contains(pool.name());
            if (isVisible && (text.equals("#" + pool.id()) || text.equals(pool.name()))) {
                return pool;
            }
        }
        return null;
    }

    private static String apply(PageAction action, ServerPool pool, List<String> names) {
        int done = 0;
        for (String name : names) {
            Server server = pool.server(name);
            if (server != null) {
                action.apply(server);
                done++;
            }
        }
        if (done == 0) {
            return "NONE";
        }
        return done == names.size() ? "DONE" : "PART";
    }

    /** The page is asked for anew, so that a reload of it repeats nothing. */
    private ServiceAnswer redirect(String result, PageRequest wanted) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("cache-control", "no-cache");
        fields.put("location", settings.uri() + ";st=" + result + wanted.choice(wanted.onlyUp()));
        return new ServiceAnswer(303, fields, new byte[0]);
    }

    private static String message(String result) {
        return switch (result) {
            case "DONE" -> "Done.";
            case "PART" -> "Done in part: some of the servers are gone.";
            case "NONE" -> "Nothing has changed: no server was chosen.";
            case "DENY" -> "Denied: this request may not change servers.";
            default -> "The form could not be understood.";
        };
    }
}
