package dev.weir.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name, without asking a name server. */
final class HostName {
    private HostName() {}

    static String read() {
        Path file = Path.of("/proc/sys/kernel/hostname");
        try {
            return Files.isReadable(file) ? Files.readString(file).strip() : "localhost";
        } catch (IOException e) {
            return "localhost";
        }
    }
}
