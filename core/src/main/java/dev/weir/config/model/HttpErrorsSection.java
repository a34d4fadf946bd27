package dev.weir.config.model;

import java.util.List;

/** {@code http-errors}: a set of error files that proxies and rules refer to by its name. */
public record HttpErrorsSection(Position at, String name, List<ErrorPageLine> lines) implements Section {}
