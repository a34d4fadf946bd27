package dev.weir.config.model;

import java.util.List;

/**
 * The {@code stats} lines of a proxy.
 *
 * @param at the first of them
 * @param accounts {@code user:password}
 * @param refreshSeconds 0 for none
 * @param scope names of proxies, {@code .} for the proxy itself; all if empty
 * @param node null if it is not shown
 * @param description null if it is not shown
 * @param adminCondition words from {@code if} or {@code unless} on; null if nobody is admin
 */
public record StatsPageLines(
        Position at,
        String uri,
        List<String> accounts,
        String realm,
        int refreshSeconds,
        List<String> scope,
        boolean hidesVersion,
        String node,
        String description,
        boolean showsLegends,
        Position adminAt,
        List<String> adminCondition,
        List<Access> access) {
    /**
     * {@code stats http-request}.
     *
     * @param action {@code allow}, {@code deny} or {@code auth}
     * @param realm of {@code auth}, empty for the page's
     * @param condition words from {@code if} or {@code unless} on, none for always
     */
    public record Access(Position at, String action, String realm, List<String> condition) {}
}
