package dev.weir.sample.pattern;

import dev.weir.sample.ParseContext;

/**
 * A line of the configuration that uses a list.
 *
 * @param isMap as keys with values, rather than as patterns
 */
public record PatternUser(boolean isMap, String file, int line) {
    public static PatternUser of(boolean isMap, ParseContext context) {
        return new PatternUser(isMap, context.file(), context.line());
    }

    String text() {
        return "by " + (isMap ? "map" : "acl") + " at file '" + file + "' line " + line;
    }
}
