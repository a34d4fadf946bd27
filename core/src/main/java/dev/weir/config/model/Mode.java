package dev.weir.config.model;

/** {@code mode}: how a proxy reads its streams. */
public enum Mode {
    TCP,
    HTTP
}
