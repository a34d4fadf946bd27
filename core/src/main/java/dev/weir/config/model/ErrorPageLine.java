package dev.weir.config.model;

import java.util.List;

/**
 * What is answered for a status: {@code errorfile}, {@code errorfiles}, {@code errorloc}, {@code errorloc302}, {@code errorloc303} or
 * {@code http-error} with the words behind it. A later line takes the place of an earlier one.
 */
public record ErrorPageLine(Position at, String keyword, List<String> words) {}
