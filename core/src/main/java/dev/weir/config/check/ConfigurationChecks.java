package dev.weir.config.check;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.LogLine;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All checks across lines and sections. */
public final class ConfigurationChecks {
    private final Configuration configuration;
    private final Problems problems;

    private ConfigurationChecks(Configuration configuration, Problems problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    /**
     * Reports what it finds.
     *
     * @param resolver keeps what it resolved, for whoever needs the addresses afterwards
     * @param mayFailToResolve {@code -dr}: a server whose name is unknown is no error
     */
    public static void check(
            Configuration configuration, Problems problems, AddressResolver resolver, boolean mayFailToResolve) {
        var checks = new ConfigurationChecks(configuration, problems);
        checks.names();
        checks.ids();
        checks.threads();
        checks.profiles(configuration.global().log().lines());
        GuidChecks.check(configuration, problems);
        TableFileChecks.check(configuration, problems);
        configuration.userLists().forEach(section -> UserListChecks.check(section, problems));
        configuration.resolvers().forEach(section -> ResolverChecks.section(section, resolver, problems));
        for (var proxy : configuration.proxies()) {
            if (proxy.frontend() != null) {
                FrontendChecks.check(configuration, proxy, problems, resolver);
            }
            if (proxy.backend() != null) {
                new BackendChecks(configuration, proxy, problems).check(resolver, mayFailToResolve);
            }
            checks.timeouts(proxy);
            checks.logs(proxy);
            checks.profiles(proxy.log().lines());
            checks.httpOnly(proxy);
            HttpUpgrade.check(proxy, problems);
        }
    }

    /** Reports what it finds about a server that is added to a backend at run time. */
    public static void checkServer(
            Configuration configuration,
            ProxySection proxy,
            ServerLine server,
            Problems problems,
            AddressResolver resolver) {
        new BackendChecks(configuration, proxy, problems).checkAdded(server, resolver);
        GuidChecks.checkAdded(configuration, server, problems);
    }

    /** What is about HTTP needs {@code mode http}, or connections that become HTTP. */
    private void httpOnly(ProxySection proxy) {
        if (proxy.mode() == Mode.HTTP || HttpUpgrade.isPossible(configuration, proxy)) {
            return;
        }
        new HttpOnly(proxy, problems).check();
    }

    /** A backend may share its name with a frontend; nothing else may be there twice. */
    private void names() {
        Map<String, ProxySection> frontends = new HashMap<>();
        Map<String, ProxySection> backends = new HashMap<>();
        for (var proxy : configuration.proxies()) {
            ProxySection sameFrontend = proxy.frontend() == null ? null : frontends.putIfAbsent(proxy.name(), proxy);
            ProxySection sameBackend = proxy.backend() == null ? null : backends.putIfAbsent(proxy.name(), proxy);
            ProxySection same = sameFrontend != null ? sameFrontend : sameBackend;
            if (same != null) {
                problems.alert(
                        proxy.at(),
                        proxy.title() + " has the same name as " + same.title() + " declared at " + place(same) + ".");
                continue;
            }
            ProxySection other = proxy.frontend() == null ? frontends.get(proxy.name()) : backends.get(proxy.name());
            if (other != null && other != proxy) {
                problems.warning(
                        proxy.at(),
                        proxy.title() + " has the same name as " + other.title() + " declared at " + place(other)
                                + ". This is dangerous and will not be supported anymore in version 3.3.");
            }
        }
    }

    private void threads() {
        var threads = configuration.global().threads();
        if (threads.countMax() != 0 && threads.count() > threads.countMax()) {
            problems.warning(
                    configuration.global().at(),
                    "nbthread forced to a higher value (" + threads.count()
                            + ") than the configured thread-hard-limit ("
                            + threads.countMax()
                            + "), enforcing the limit. Please fix either value to remove this warning.");
        }
    }

    private void ids() {
        Map<Integer, ProxySection> taken = new HashMap<>();
        for (var proxy : configuration.proxies()) {
            var same = taken.putIfAbsent(proxy.id(), proxy);
            if (same != null) {
                problems.alert(
                        proxy.at(),
                        proxy.title() + " reuses same custom id as " + same.title() + " (declared at " + place(same)
                                + ").");
            }
        }
    }

    private void timeouts(ProxySection proxy) {
        if (proxy.disabled()) {
            return;
        }
        boolean lacksClient = proxy.frontend() != null && proxy.timeouts().clientMs() == 0;
        boolean hasServers =
                proxy.backend() != null && !proxy.backend().servers().isEmpty();
        var timeouts = proxy.timeouts();
        boolean lacksServer =
                hasServers && (timeouts.connectMs() == 0 || timeouts.serverMs() == 0 && timeouts.tunnelMs() == 0);
        if (lacksClient || lacksServer) {
            problems.warning(
                    proxy.at(),
                    "missing timeouts for " + proxy.title() + ".\n"
                            + "   | While not properly invalid, you will certainly encounter various problems\n"
                            + "   | with such a configuration. To fix this, please ensure that all following\n"
                            + "   | timeouts are set to a non-zero value: 'client', 'connect', 'server'.");
        }
    }

    private void logs(ProxySection proxy) {
        boolean hasFormat = proxy.log().format() != null && proxy.frontend() != null;
        if (hasFormat && proxy.log().lines().isEmpty() && !proxy.disabled()) {
            problems.warning(
                    proxy.log().format().at(),
                    "log format ignored for " + proxy.title() + " since it has no log address.");
        }
    }

    private void profiles(List<LogLine> lines) {
        for (var line : lines) {
            if (!line.profile().isEmpty() && configuration.logProfile(line.profile()) == null) {
                problems.alert(line.at(), "unknown log-profile '" + line.profile() + "'.");
            }
        }
    }

    static String place(ProxySection proxy) {
        return proxy.at().file() + ":" + proxy.at().line();
    }
}
