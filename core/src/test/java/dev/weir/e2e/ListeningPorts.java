package dev.weir.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which TCP ports somebody listens on, as the kernel lists them: asking by connecting would be a session of its own. */
final class ListeningPorts {
    private static final String LISTENING = "0A";

    private ListeningPorts() {}

    static Set<Integer> now() throws IOException {
        Set<Integer> ports = new HashSet<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            if (Files.exists(Path.of(table))) {
                Files.readAllLines(Path.of(table)).stream().skip(1).forEach(line -> add(line, ports));
            }
        }
        return ports;
    }

    /** Inodes of the sockets that listen on an IPv4 port: the same where one process has taken them from another. */
    static Set<String> inodes(int port) throws IOException {
        Set<String> inodes = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/net/tcp"))) {
            String[] columns = line.trim().split("\\s+");
            if (columns[3].equals(LISTENING) && columns[1].endsWith(":%04X".formatted(port))) {
                inodes.add(columns[9]);
            }
        }
        return inodes;
    }

    private static void add(String line, Set<Integer> ports) {
        String[] columns = line.trim().split("\\s+");
        if (columns[3].equals(LISTENING)) {
            ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
        }
    }
}
