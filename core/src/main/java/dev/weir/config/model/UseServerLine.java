package dev.weir.config.model;

import java.util.List;

/** {@code use-server <server> if|unless <condition>}. The target is a name or a log-format. */
public record UseServerLine(Position at, String target, List<String> condition) {
    /** Whether the target is computed for each stream. */
    public boolean isDynamic() {
        return target.indexOf('%') >= 0;
    }
}
