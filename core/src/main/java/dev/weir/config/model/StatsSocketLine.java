package dev.weir.config.model;

/**
 * {@code stats socket}.
 *
 * @param text of the addresses
 * @param level {@code user}, {@code operator}, {@code admin}, or empty
 * @param exposesListeners {@code expose-fd listeners}
 */
public record StatsSocketLine(String text, BindLine bind, String level, boolean exposesListeners) {}
