package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small configuration files. */
final class Configurations {
    private Configurations() {}

    static Path file(Path folder, String text) {
        try {
            return Files.write(folder.resolve("haproxy.cfg"), text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One TCP proxy in front of the servers. */
    static String tcp(int port, NamedServer... servers) {
        var text = new StringBuilder("""
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                listen web
                    bind 127.0.0.1:%d
                """.formatted(port));
        for (int i = 0; i < servers.length; i++) {
            text.append("    server s%d 127.0.0.1:%d%n".formatted(i + 1, servers[i].port()));
        }
        return text.toString();
    }
}
