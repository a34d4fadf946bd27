package dev.weir.cli;

/** A group of commands that belong together: one table row each. */
public interface CommandFamily {
    void describe(CommandTable table);
}
