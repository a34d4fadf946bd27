package dev.weir.config.model;

import java.util.List;

/**
 * How a backend finds the server that a client belongs to.
 *
 * @param cookie null if none
 * @param dynamicCookieKey empty if none
 * @param rdpCookie name of {@code persist rdp-cookie}, empty if it is not used
 * @param rules {@code force-persist} and {@code ignore-persist} in order
 */
public record Persistence(CookieLine cookie, String dynamicCookieKey, String rdpCookie, List<PersistLine> rules) {}
