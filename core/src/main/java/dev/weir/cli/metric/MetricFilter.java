package dev.weir.cli.metric;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The query of a scrape: {@code scope=frontend&scope=server}, {@code metrics=-haproxy_server_weight}, {@code no-maint}, {@code
 * desc-labels}. Without a scope all are meant. Immutable.
 */
final class MetricFilter {
    private static final Set<String> SCOPES =
            Set.of("global", "frontend", "listener", "backend", "server", "sticktable", "resolver");

    private final Set<String> scopes;
    private final List<String> wanted;
    private final List<String> unwanted;
    private final boolean hidesMaintenance;
    private final boolean showsDescriptions;

    private MetricFilter(
            Set<String> scopes,
            List<String> wanted,
            List<String> unwanted,
            boolean hidesMaintenance,
            boolean showsDescriptions) {
        this.scopes = scopes;
        this.wanted = wanted;
        this.unwanted = unwanted;
        this.hidesMaintenance = hidesMaintenance;
        this.showsDescriptions = showsDescriptions;
    }

    /** Null if the query has a word that is not known: a faulty request. */
    static MetricFilter parse(String query) {
        Set<String> scopes = new HashSet<>();
        List<String> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        boolean hidesMaintenance = false;
        boolean showsDescriptions = false;
        for (String part : query.isEmpty() ? new String[0] : query.split("&")) {
            String text = URLDecoder.decode(part, StandardCharsets.UTF_8);
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? "" : text.substring(equals + 1);
            switch (name) {
                case "scope" -> {
                    if (!addScope(value, scopes)) {
                        return null;
                    }
                }
                case "metrics" -> addNames(value, wanted, unwanted);
                case "no-maint" -> hidesMaintenance = true;
                case "desc-labels" -> showsDescriptions = true;
                case "extra-counters", "" -> {} // those are of HAProxy's modules for TLS, HTTP/2 and QUIC
                default -> {
                    return null;
                }
            }
        }
        return new MetricFilter(scopes, wanted, unwanted, hidesMaintenance, showsDescriptions);
    }

    private static boolean addScope(String scope, Set<String> scopes) {
        if (scope.equals("*")) {
            scopes.addAll(SCOPES);
            return true;
        }
        return scope.isEmpty() || SCOPES.contains(scope) && (scopes.add(scope) || true);
    }

    private static void addNames(String list, List<String> wanted, List<String> unwanted) {
        for (String name : list.split(",")) {
            if (name.startsWith("-")) {
                unwanted.add(name.substring(1));
            } else if (!name.isEmpty()) {
                wanted.add(name);
            }
        }
    }

    boolean wantsScope(String scope) {
        return scopes.isEmpty() || scopes.contains(scope);
    }

    boolean wants(String metric) {
        return !unwanted.contains(metric) && (wanted.isEmpty() || wanted.contains(metric));
    }

    boolean hidesMaintenance() {
        return hidesMaintenance;
    }

    /** Whether {@code description} of a proxy is a label of its metrics. */
    boolean showsDescriptions() {
        return showsDescriptions;
    }
}
