package dev.weir.launch.demo;

import dev.weir.bridge.transport.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The rehearsal's configuration: a frontend and a backend for each mode, with a log and without one. */
final class RehearsalConfiguration {
    private static final String DEFAULTS = """
            defaults
                mode %s
                timeout connect 2s
                timeout client  60s
                timeout server  60s
            """;
    private static final String LOG = """
                option %slog
                log stdout format raw local0
            """;
    private static final String FRONTEND = """
            frontend %1$s
                bind 127.0.0.1:%2$d
                default_backend %1$s
            """;
    private static final String RULES = """
                acl is_api path_beg /api/
                http-request set-header x-rehearsal yes if is_api
            """;
    private static final String BACKEND = """
            backend %s
                balance roundrobin
                default-server check inter 1s
            """;

    private final List<Origin> origins;
    private final StringBuilder text = new StringBuilder();
    private final List<Endpoint> frontends = new ArrayList<>();
    private final List<Endpoint> httpFrontends = new ArrayList<>();

    RehearsalConfiguration(List<Origin> origins) throws IOException {
        this.origins = origins;
        frontends.add(add("tcp", true));
        frontends.add(add("tcp", false));
        httpFrontends.add(add("http", true));
        httpFrontends.add(add("http", false));
    }

    private Endpoint add(String mode, boolean isLogged) throws IOException {
        String name = mode + (isLogged ? "-logged" : "");
        int port = Ports.any();
        text.append(DEFAULTS.formatted(mode)).append(isLogged ? LOG.formatted(mode) : "");
        text.append(FRONTEND.formatted(name, port)).append(mode.equals("http") && isLogged ? RULES : "");
        text.append(BACKEND.formatted(name)).append(mode.equals("http") ? "    http-reuse always\n" : "");
        for (Origin origin : origins) {
            text.append("    server ")
                    .append(origin.name())
                    .append(" 127.0.0.1:")
                    .append(origin.port());
            text.append('\n');
        }
        return new Endpoint.Inet(InetAddress.getLoopbackAddress(), port);
    }

    String text() {
        return text.toString();
    }

    /** In mode tcp. */
    List<Endpoint> frontends() {
        return frontends;
    }

    /** In mode http. */
    List<Endpoint> httpFrontends() {
        return httpFrontends;
    }
}
