package dev.weir.launch.demo;

import java.util.List;

/** The demo's configuration file, as a user would write it. */
final class DemoConfiguration {
    static final String BACKEND = "origins";

    private DemoConfiguration() {}

    static String text(int port, List<Origin> origins) {
        var text = new StringBuilder("""
                # What 'weir demo' runs. To try a change: edit it, then send the process SIGUSR2 (kill -USR2).
                global
                    maxconn 400

                defaults
                    mode tcp
                    timeout connect 2s
                    timeout client  60s
                    timeout server  60s
                    retries 2
                    option redispatch

                frontend demo
                    bind 127.0.0.1:%d
                    default_backend %s

                backend %s
                    balance roundrobin
                    default-server check inter 1s fall 2 rise 2 on-marked-down shutdown-sessions
                """.formatted(port, BACKEND, BACKEND));
        for (Origin origin : origins) {
            text.append("    server ")
                    .append(origin.name())
                    .append(" 127.0.0.1:")
                    .append(origin.port())
                    .append('\n');
        }
        return text.toString();
    }
}
