package dev.weir.cli.page;

import java.util.Locale;

/**
 * What stands behind {@code stats uri}: {@code ;csv;up}, {@code ;scope=web}. A word counts wherever it stands, as under HAProxy.
 *
 * @param scope part of the names of the proxies that are wanted, in lower case; empty for all
 * @param result {@code ;st=}: what came of a form, or empty
 */
record PageRequest(Form form, boolean onlyUp, boolean noMaintenance, boolean mayRefresh, String scope, String result) {
    private static final int SCOPE_CHARS_MAX = 20;
    private static final int RESULT_CHARS = 4;

    enum Form {
        PAGE,
        CSV,
        TYPED,
        JSON,
        SCHEMA
    }

    static PageRequest parse(String options) {
        return new PageRequest(
                form(options),
                options.contains(";up"),
                options.contains(";no-maint"),
                !options.contains(";norefresh"),
                value(options, "scope=", SCOPE_CHARS_MAX).toLowerCase(Locale.ROOT),
                value(options, ";st=", RESULT_CHARS));
    }

    private static Form form(String options) {
        if (options.contains(";csv")) {
            return Form.CSV;
        }
        if (options.contains(";typed")) {
            return Form.TYPED;
        }
        if (options.contains(";json-schema")) {
            return Form.SCHEMA;
        }
        return options.contains(";json") ? Form.JSON : Form.PAGE;
    }

    private static String value(String options, String name, int charsMax) {
        int at = options.indexOf(name);
        if (at < 0) {
            return "";
        }
        int start = at + name.length();
        int end = start;
        while (end < options.length() && end - start < charsMax && ";&".indexOf(options.charAt(end)) < 0) {
            end++;
        }
        return options.substring(start, end);
    }

    /** What a link or a form carries on: whose figures are wanted. */
    String choice(boolean isOnlyUp) {
        return (isOnlyUp ? ";up" : "")
                + (noMaintenance ? ";no-maint" : "")
                + (mayRefresh ? "" : ";norefresh")
                + (scope.isEmpty() ? "" : ";scope=" + scope);
    }

    boolean wants(String proxy) {
        return proxy.toLowerCase(Locale.ROOT).contains(scope);
    }
}
