package dev.weir.config.model;

import java.util.List;

/**
 * {@code force-persist} or {@code ignore-persist}.
 *
 * @param condition {@code if} or {@code unless} and what follows
 */
public record PersistLine(Position at, boolean isForce, List<String> condition) {}
