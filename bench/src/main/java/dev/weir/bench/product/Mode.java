package dev.weir.bench.product;

/** What a proxy does with the traffic. The names are those of HAProxy's {@code mode}. */
public enum Mode {
    TCP,
    HTTP;

    String keyword() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
