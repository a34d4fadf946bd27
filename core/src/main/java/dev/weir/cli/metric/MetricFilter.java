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

    /**
     * Null if the query is faulty: it names a scope that is not known, or a scope or metrics without a value. Other words that are
     * not known are passed over, as under HAProxy.
     */
    static MetricFilter parse(String query) {
        Set<String> scopes = new HashSet<>(SCOPES);
        List<String> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        boolean hidesMaintenance = false;
        boolean showsDescriptions = false;
        boolean isFirstScope = true;
        for (String part : query.split("&")) {
            String text = URLDecoder.decode(part, StandardCharsets.UTF_8);
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? null : text.substring(equals + 1);
            switch (name) {
                case "scope" -> {
                    if (isFirstScope) {
                        scopes.clear();
                        isFirstScope = false;
                    }
                    if (value == null || !chooseScope(value, scopes)) {
                        return null;
                    }
                }
                case "metrics" -> {
                    if (value == null) {
                        return null;
                    }
                    addNames(value, wanted, unwanted);
                }
                case "no-maint" -> hidesMaintenance = true;
                case "desc-labels" -> showsDescriptions = true;
                default -> {} // also extra-counters, which are of HAProxy's modules for TLS, HTTP/2 and QUIC
            }
        }
        return new MetricFilter(scopes, wanted, unwanted, hidesMaintenance, showsDescriptions);
    }

    /** An empty word takes back all that were named before. */
    private static boolean chooseScope(String scope, Set<String> scopes) {
        switch (scope) {
            case "" -> scopes.clear();
            case "*" -> scopes.addAll(SCOPES);
            default -> scopes.add(scope);
        }
        return SCOPES.containsAll(scopes);
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
        return scopes.contains(scope);
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
