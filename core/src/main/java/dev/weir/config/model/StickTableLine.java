package dev.weir.config.model;

import dev.weir.stick.TableSettings;

/** {@code stick-table}. */
public record StickTableLine(Position at, TableSettings settings) {}
