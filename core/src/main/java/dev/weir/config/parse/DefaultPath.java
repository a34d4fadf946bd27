package dev.weir.config.parse;

import dev.weir.config.model.ByteText;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code default-path}: where relative names of files in the configuration begin. A line of it holds from the next line on, also in the
 * files behind, each of which has a folder of its own. Single-threaded.
 */
final class DefaultPath {
    private static final Path OF_PROCESS = Path.of("");

    private enum Policy {
        CURRENT,
        CONFIG,
        PARENT,
        ORIGIN
    }

    private Policy policy = Policy.CURRENT;
    private Path origin = OF_PROCESS;
    /** Of the file that is read. */
    private Path configuration = OF_PROCESS;

    /** @param file as the user named it: a slash in it ends its folder */
    void beginFile(String file) {
        configuration = Path.of(ByteText.toNative(file.substring(0, Math.max(0, file.lastIndexOf('/')))));
    }

    /** Empty for where the process is. */
    Path folder() {
        return switch (policy) {
            case CURRENT -> OF_PROCESS;
            case CONFIG -> configuration;
            case PARENT -> configuration.resolve("..");
            case ORIGIN -> origin;
        };
    }

    /** HAProxy does not look at words behind what it expects. */
    void parse(Line line) {
        String word = line.next();
        switch (word) {
            case "current" -> policy = Policy.CURRENT;
            case "config" -> policy = Policy.CONFIG;
            case "parent" -> policy = Policy.PARENT;
            case "origin" -> origin(line);
            default ->
                line.alert((word.isEmpty() ? "missing" : "unsupported") + " default-path mode '" + word
                        + "' for 'default-path', supported modes include 'current', 'config', 'parent', and 'origin'.");
        }
        line.rest();
    }

    private void origin(Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("'default-path origin' expects a directory as an argument.");
            return;
        }
        Path folder = Path.of(ByteText.toNative(name));
        if (!Files.isDirectory(folder)) {
            String reason = Files.exists(folder) ? "Not a directory" : "No such file or directory";
            line.alert("couldn't set 'default-path' to origin '" + name + "': " + reason + ".");
            return;
        }
        policy = Policy.ORIGIN;
        origin = folder;
    }
}
