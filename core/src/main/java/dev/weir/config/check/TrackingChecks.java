package dev.weir.config.check;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import java.util.HashSet;
import java.util.Set;

/** {@code track}: follows the chain of one server from link to link to the one that is checked (HAProxy manual 5.2). */
final class TrackingChecks {
    private final Configuration configuration;
    private final ProxySection proxy;
    private final ServerLine server;
    private final Problems problems;

    /** The link that was reached: a server, and the proxy that it belongs to. */
    private ProxySection place;

    private ServerLine current;

    TrackingChecks(Configuration configuration, ProxySection proxy, ServerLine server, Problems problems) {
        this.configuration = configuration;
        this.proxy = proxy;
        this.server = server;
        this.problems = problems;
        place = proxy;
        current = server;
    }

    void check() {
        Set<ServerLine> seen = new HashSet<>();
        while (!current.track().isEmpty()) {
            seen.add(current);
            boolean isFirst = current == server;
            if (!follow() || isLoop(seen) || isFirst && isInconsistent()) {
                return;
            }
        }
        if (current != server
                && !current.check().enabled()
                && !current.check().agent().enabled()) {
            alert("unable to use " + name() + " for tracking as it does not have any check nor agent enabled.");
        }
    }

    /** To the next link; false if there is none. */
    private boolean follow() {
        String wanted = current.track();
        int slash = wanted.indexOf('/');
        String name = wanted.substring(slash + 1);
        if (slash >= 0) {
            place = configuration.backend(wanted.substring(0, slash));
        }
        if (place == null) {
            alert("unable to find required proxy '" + wanted.substring(0, slash) + "' for tracking.");
            return false;
        }
        current = find(name);
        if (current == null) {
            alert("unable to find required server '" + name + "' for tracking.");
            return false;
        }
        return true;
    }

    private ServerLine find(String name) {
        for (var candidate : place.backend().servers()) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    private boolean isLoop(Set<ServerLine> seen) {
        if (!seen.contains(current)) {
            return false;
        }
        alert("unable to track " + name() + " as it belongs to a tracking chain looping back to " + proxy.name() + "/"
                + server.name() + ".");
        return true;
    }

    private boolean isInconsistent() {
        if (isGoneMeaningful(place) == isGoneMeaningful(proxy)) {
            return false;
        }
        alert("unable to use " + name() + " for tracking: disable-on-404 option inconsistency.");
        return true;
    }

    private static boolean isGoneMeaningful(ProxySection proxy) {
        return proxy.backend().check().isGoneMeaningful();
    }

    private String name() {
        return place.name() + "/" + current.name();
    }

    private void alert(String text) {
        problems.alert(server.at(), BackendChecks.subject(proxy, server) + text);
    }
}
