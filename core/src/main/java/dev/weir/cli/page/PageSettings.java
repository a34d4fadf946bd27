package dev.weir.cli.page;

import java.util.List;

/**
 * The {@code stats} lines of a proxy as the page needs them. Immutable.
 *
 * @param refreshSeconds 0 for none
 * @param scope proxies that are shown, all if empty; {@code .} has been replaced by the proxy's own name
 * @param hidesVersion {@code stats hide-version}
 * @param node {@code stats show-node}, or null
 * @param description {@code stats show-desc}, empty for that of the process, or null
 * @param showsLegends {@code stats show-legends}
 * @param isAdmin whether this request may change servers
 */
public record PageSettings(
        String uri,
        int refreshSeconds,
        List<String> scope,
        boolean hidesVersion,
        String node,
        String description,
        boolean showsLegends,
        boolean isAdmin) {}
