package dev.weir.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many descriptors a process may have. */
public final class OpenFiles {
    private static final int LIMIT_COLUMN = 4;

    private OpenFiles() {}

    /** The hard limit, up to which every product raises its own. */
    public static int limit() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max open files")) {
                String word = line.split(" +")[LIMIT_COLUMN];
                return word.equals("unlimited") ? Integer.MAX_VALUE : (int) Long.parseLong(word);
            }
        }
        throw new IOException("/proc/self/limits says nothing of open files");
    }
}
