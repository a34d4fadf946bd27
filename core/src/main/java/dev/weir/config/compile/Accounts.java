package dev.weir.config.compile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks users and groups up in the system's files. */
public final class Accounts {
    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path GROUPS = Path.of("/etc/group");
    private static final int NUMBER_COLUMN = 2;

    private Accounts() {}

    /** The user's number, or -1. */
    public static int user(String name) {
        return number(USERS, name);
    }

    /** The group's number, or -1. */
    public static int group(String name) {
        return number(GROUPS, name);
    }

    static int number(Path file, String name) {
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                String[] columns = line.split(":", -1);
                if (columns.length > NUMBER_COLUMN && columns[0].equals(name)) {
                    return Integer.parseInt(columns[NUMBER_COLUMN]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return -1; // the caller names the line that needed it
        }
        return -1;
    }
}
