package dev.weir.rule;

import dev.weir.sample.Expression;
import dev.weir.stream.BandwidthSettings;

/**
 * A {@code filter bwlim-in} or {@code filter bwlim-out} line, which {@code set-bandwidth-limit} names.
 *
 * @param key of a shared limit: which streams share it; else null
 */
public record BandwidthFilter(BandwidthSettings settings, Expression key) {
    public boolean isShared() {
        return key != null;
    }
}
