package dev.weir.cli.page;

import dev.weir.cli.RuntimeControl;
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
        String options = options(request);
        if (options.contains(";csv")) {
            return csv();
        }
        if (options.contains(";json")) {
            return json();
        }
        String message = options.contains("st=") ? message(options) : "";
        return html(200, page(message, !options.contains(";norefresh")));
    }

    private static String options(ServiceRequest request) {
        return request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    }

    private String page(String message, boolean mayRefresh) {
        return new StatsPage(control, settings, token, message).write(rows(), mayRefresh);
    }

    private List<StatRow> rows() {
        return control.statistics().rows().stream()
                .filter(row -> settings.scope().isEmpty() || settings.scope().contains(row.text(StatColumn.PXNAME)))
                .toList();
    }

    private ServiceAnswer csv() {
        StringBuilder out = new StringBuilder();
        StatWriter.header(out);
        rows().forEach(row -> StatWriter.csv(row, out));
        return answer(200, "text/plain", out.toString());
    }

    private ServiceAnswer json() {
        StringBuilder out = new StringBuilder("[");
        for (StatRow row : rows()) {
            if (out.length() > 1) {
                out.append(',');
            }
            StatWriter.json(row, out);
        }
        return answer(200, "application/json", out.append("]\n").toString());
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
        if (!settings.isAdmin()) {
            return redirect("DENY");
        }
        if (isForeign(request)) {
            return redirect("DENY");
        }
        List<String> servers = new ArrayList<>();
        Map<String, String> form = new LinkedHashMap<>();
        read(request.body(), form, servers);
        if (!token.equals(form.get("token"))) {
            return redirect("DENY");
        }
        PageAction action = PageAction.of(form.getOrDefault("action", ""));
        ServerPool pool = pool(form.getOrDefault("b", ""));
        if (action == null || pool == null) {
            return redirect("ERRP");
        }
        return redirect(apply(action, pool, servers));
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
    private ServiceAnswer redirect(String result) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("cache-control", "no-cache");
        fields.put("location", settings.uri() + ";st=" + result);
        return new ServiceAnswer(303, fields, new byte[0]);
    }

    private static String message(String options) {
        int at = options.indexOf("st=") + 3;
        return switch (options.substring(at, Math.min(options.length(), at + 4))) {
            case "DONE" -> "Done.";
            case "PART" -> "Done in part: some of the servers are gone.";
            case "NONE" -> "Nothing has changed: no server was chosen.";
            case "DENY" -> "Denied: this request may not change servers.";
            default -> "The form could not be understood.";
        };
    }
}
