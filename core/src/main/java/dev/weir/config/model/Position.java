package dev.weir.config.model;

/** A line of a configuration file, from 1. The file is named as the user named it. */
public record Position(String file, int line) {
    /** Something that no file says, such as the command line. */
    public static final Position NONE = new Position("", 0);

    @Override
    public String toString() {
        return "[" + file + ":" + line + "]";
    }
}
