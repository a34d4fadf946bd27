package dev.weir.config.model;

import dev.weir.cli.CliState.SeverityOutput;

/**
 * {@code stats socket}.
 *
 * @param text of the addresses
 * @param level {@code user}, {@code operator}, {@code admin}, or empty
 * @param exposesListeners {@code expose-fd listeners}
 * @param severityOutput how messages begin, until a client changes it
 */
public record StatsSocketLine(
        String text, BindLine bind, String level, boolean exposesListeners, SeverityOutput severityOutput) {}
