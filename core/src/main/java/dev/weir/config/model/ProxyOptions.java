package dev.weir.config.model;

/** A set of {@link ProxyOption}. */
public record ProxyOptions(long bits) {
    public boolean has(ProxyOption option) {
        return (bits & option.bit()) != 0;
    }
}
