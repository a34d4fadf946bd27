package dev.weir.bench.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds programs, and asks them things. */
public final class Executables {
    private static final String USUAL = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Executables() {}

    /** The first on the PATH, or null. */
    public static Path find(String name) throws IOException {
        return find(name, null);
    }

    /** The chosen one, or the first on the PATH and in the folders of system programs, which a user's PATH may lack. */
    static Path find(String name, Path chosen) throws IOException {
        if (chosen != null) {
            if (!Files.isExecutable(chosen)) {
                throw new IOException(chosen + " is not executable");
            }
            return chosen.toAbsolutePath();
        }
        String path = System.getenv("PATH");
        for (String folder : ((path == null ? "" : path + ":") + USUAL).split(":")) {
            Path file = Path.of(folder, name);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return file;
            }
        }
        return null;
    }

    /** What it prints on both outputs. */
    static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes());
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        return text;
    }

    static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
