package dev.weir.config.check;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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
            tracking(server);
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
        tracking(server);
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

    private static String subject(ProxySection proxy, ServerLine server) {
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

    private void tracking(ServerLine server) {
        if (server.track().isEmpty()) {
            return;
        }
        Set<ServerLine> seen = new HashSet<>();
        seen.add(server);
        ProxySection place = proxy;
        ServerLine current = server;
        while (!current.track().isEmpty()) {
            String wanted = current.track();
            int slash = wanted.indexOf('/');
            place = slash < 0 ? place : configuration.backend(wanted.substring(0, slash));
            if (place == null) {
                problems.alert(
                        server.at(),
                        subject(proxy, server) + "unable to find required proxy '" + wanted.substring(0, slash)
                                + "' for tracking.");
                return;
            }
            ServerLine tracked = find(place, wanted.substring(slash + 1));
            if (tracked == null) {
                problems.alert(
                        server.at(),
                        subject(proxy, server) + "unable to find required server '" + wanted.substring(slash + 1)
                                + "' for tracking.");
                return;
            }
            if (!seen.add(tracked)) {
                problems.alert(
                        server.at(),
                        subject(proxy, server) + "unable to track " + place.name() + "/"
                                + tracked.name() + " as it belongs to a tracking chain looping back to " + proxy.name()
                                + "/"
                                + server.name() + ".");
                return;
            }
            if (current == server && isGoneMeaningful(place) != isGoneMeaningful(proxy)) {
                problems.alert(
                        server.at(),
                        subject(proxy, server) + "unable to use " + place.name() + "/" + tracked.name()
                                + " for tracking: disable-on-404 option inconsistency.");
                return;
            }
            current = tracked;
        }
        if (!current.check().enabled() && !current.check().agent().enabled()) {
            problems.alert(
                    server.at(),
                    subject(proxy, server) + "unable to use " + place.name() + "/" + current.name()
                            + " for tracking as it does not have any check nor agent enabled.");
        }
    }

    private static boolean isGoneMeaningful(ProxySection place) {
        return place.backend().check().isGoneMeaningful();
    }

    private static ServerLine find(ProxySection place, String name) {
        for (var server : place.backend().servers()) {
            if (server.name().equals(name)) {
                return server;
            }
        }
        return null;
    }
}
