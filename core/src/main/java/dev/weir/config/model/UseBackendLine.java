package dev.weir.config.model;

import java.util.List;

/** {@code use_backend <backend> [if|unless <condition>]}. The target is a name or a log-format; no condition means always. */
public record UseBackendLine(Position at, String target, List<String> condition) {
    /** Whether the target is computed for each stream. */
    public boolean isDynamic() {
        return target.indexOf('%') >= 0;
    }
}
