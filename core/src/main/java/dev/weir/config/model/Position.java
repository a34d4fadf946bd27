package dev.weir.config.model;

import java.nio.file.Path;

/**
 * A line of a configuration file, from 1. The file is named as the user named it.
 *
 * @param folder where relative names of files in the line begin ({@code default-path}); empty for where the process is
 */
public record Position(String file, int line, Path folder) {
    /** Something that no file says, such as the command line. */
    public static final Position NONE = new Position("", 0);

    /** A line whose names of files begin where the process is. */
    public Position(String file, int line) {
        this(file, line, Path.of(""));
    }

    @Override
    public String toString() {
        return "[" + file + ":" + line + "]";
    }
}
