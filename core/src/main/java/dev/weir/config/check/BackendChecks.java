package dev.weir.config.check;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import java.util.HashMap;
import java.util.Map;

/** The servers of one proxy, and what refers to them. */
final class BackendChecks {
    private final Configuration configuration;
    private final ProxySection proxy;
    private final Problems problems;
    private final Map<String, ServerLine> servers = new HashMap<>();

    BackendChecks(Configuration configuration, ProxySection proxy, Problems problems) {
        this.configuration = configuration;
        this.proxy = proxy;
        this.problems = problems;
    }

    void check(AddressResolver resolver, boolean mayFailToResolve) {
        for (var server : proxy.backend().servers()) {
            var same = servers.putIfAbsent(server.name(), server);
            if (same != null) {
                problems.alert(
                        server.at(),
                        proxy.title() + ", another server named '" + server.name() + "' was already defined at line "
                                + same.at().line() + ", please use distinct names.");
            }
        }
        var probes = new ProbeChecks(proxy, problems);
        for (var server : proxy.backend().servers()) {
            limits(server);
            probes.check(server);
            new TrackingChecks(configuration, proxy, server, problems).check();
            ResolverChecks.server(configuration, proxy, server, problems);
            if (!mayFailToResolve) {
                ServerAddresses.check(server, subject(proxy, server), problems, resolver);
            }
        }
        balance();
        persistence();
        for (var rule : proxy.backend().useServers()) {
            if (!rule.isDynamic() && !servers.containsKey(rule.target())) {
                problems.alert(
                        rule.at(),
                        proxy.title() + " : unable to find server '" + rule.target()
                                + "' referenced in a 'use-server' rule.");
            }
        }
    }

    /** A server that the configuration does not have. */
    void checkAdded(ServerLine server, AddressResolver resolver) {
        limits(server);
        new ProbeChecks(proxy, problems).check(server);
        new TrackingChecks(configuration, proxy, server, problems).check();
        ServerAddresses.check(server, subject(proxy, server), problems, resolver);
    }

    private void balance() {
        var balance = proxy.backend().balance();
        if (balance.algorithm().needsHttp() && proxy.mode() != Mode.HTTP) {
            problems.warning(
                    balance.at(),
                    "Layer 7 hash not possible for " + proxy.title()
                            + " (needs 'mode http'). Falling back to round robin.");
        }
    }

    private void persistence() {
        var cookie = proxy.backend().persistence().cookie();
        if (cookie != null && proxy.mode() != Mode.HTTP) {
            problems.warning(cookie.at(), "cookie will be ignored for " + proxy.title() + " (needs 'mode http').");
        }
    }

    static String subject(ProxySection proxy, ServerLine server) {
        return "'server " + proxy.name() + "/" + server.name() + "' : ";
    }

    private void limits(ServerLine server) {
        if (server.maxConn() > 0 && server.minConn() > server.maxConn()) {
            problems.warning(
                    server.at(),
                    subject(proxy, server) + "maxconn " + server.maxConn() + " < minconn " + server.minConn()
                            + ", so minconn is the limit.");
        }
        if (!server.redirect().isEmpty() && proxy.mode() == Mode.TCP) {
            problems.alert(
                    server.at(), proxy.title() + " : server cannot have cookie or redirect prefix in non-HTTP mode.");
        }
        if (!server.cookie().isEmpty() && proxy.mode() == Mode.TCP) {
            problems.warning(
                    server.at(),
                    proxy.title() + " : ignoring cookie for server '" + server.name() + "' as HTTP mode is disabled.");
        }
    }
}
