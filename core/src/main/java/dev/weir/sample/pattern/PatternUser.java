package dev.weir.sample.pattern;

import dev.weir.sample.ParseContext;
import java.nio.file.Path;

/**
 * A line of the configuration that uses a list.
 *
 * @param isMap as keys with values, rather than as patterns
 * @param folder where relative names of lists in the line begin
 */
public record PatternUser(boolean isMap, String file, int line, Path folder) {
    public static PatternUser of(boolean isMap, ParseContext context) {
        return new PatternUser(isMap, context.file(), context.line(), context.folder());
    }

    String text() {
        return "by " + (isMap ? "map" : "acl") + " at file '" + file + "' line " + line;
    }
}
