package dev.weir.launch;

import dev.weir.cli.RuntimeControl.Outcome;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.check.ConfigurationChecks;
import dev.weir.config.compile.BackendCompiler;
import dev.weir.config.compile.SnapshotCompiler;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.Guid;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import dev.weir.config.parse.AddedServer;
import dev.weir.proxy.Snapshot;
import dev.weir.sample.ParseProblem;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerPools;
import dev.weir.server.ServerSettings;
import dev.weir.server.check.HealthChecks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Servers that come and go by the runtime API. A reload puts the configuration's servers back in force, and only those. Thread: any
 * that holds the lock under which configurations are put in force.
 */
final class DynamicServers {
    private final ServerPools pools;
    private final HealthChecks checks;

    DynamicServers(ServerPools pools, HealthChecks checks) {
        this.pools = pools;
        this.checks = checks;
    }

    /**
     * @param loaded the configuration that is in force
     * @param compiler of the snapshot
     */
    Outcome add(
            ConfigurationLoader.Loaded loaded,
            SnapshotCompiler compiler,
            Snapshot snapshot,
            ServerPool pool,
            String name,
            List<String> words) {
        if (pools.pool(pool.name()) != pool) {
            return refused("No such backend.");
        }
        if (!pool.isDynamic()) {
            return refused("Backend must use a dynamic load balancing to support dynamic servers.");
        }
        if (pool.server(name) != null) {
            return refused("Already exists a server with the same name in backend.");
        }
        Problems problems = new Problems();
        ServerSettings settings = settings(loaded, compiler, pool, name, words, problems);
        List<String> messages = messages(problems, "'server " + pool.name() + "/" + name + "' : ");
        if (settings == null) {
            return new Outcome(false, messages);
        }
        Server server = pool.add(settings);
        pools.resolveTracking(server);
        checks.add(
                server,
                snapshot.backends().get(pool.name()).checkScript,
                loaded.configuration().global().threads().spreadChecksPercent());
        messages.add("New server registered.");
        return new Outcome(true, messages);
    }

    /** Null if there are problems. */
    private ServerSettings settings(
            ConfigurationLoader.Loaded loaded,
            SnapshotCompiler compiler,
            ServerPool pool,
            String name,
            List<String> words,
            Problems problems) {
        ProxySection proxy = loaded.configuration().backend(pool.name());
        Set<Integer> ids = new HashSet<>();
        for (Server server : pool.servers()) {
            ids.add(server.id());
        }
        ServerLine line = AddedServer.parse(pool.name(), name, words, ids, loaded.environment(), problems);
        if (line == null) {
            return null;
        }
        findGuid(line.guid(), problems);
        AddressResolver resolver = new AddressResolver();
        ConfigurationChecks.checkServer(loaded.configuration(), proxy, line, problems, resolver);
        if (problems.isFatal()) {
            return null;
        }
        ServerSettings settings = BackendCompiler.server(loaded.configuration(), proxy, line, resolver);
        boolean isLost = settings.trackedBackend != null
                && pools.pool(settings.trackedBackend).server(settings.trackedServer) == null;
        if (isLost) {
            problems.alert("unable to find required server '" + settings.trackedServer + "' for tracking.");
        }
        return isLost || !addsProxyFields(compiler, proxy, line, problems) ? null : settings;
    }

    /** @return false after a complaint */
    private static boolean addsProxyFields(
            SnapshotCompiler compiler, ProxySection proxy, ServerLine line, Problems problems) {
        try {
            compiler.addProxyFields(proxy, line);
            return true;
        } catch (ParseProblem problem) {
            problems.alert(ByteText.fromNative(problem.getMessage()));
            return false;
        }
    }

    /** Reports a server that has the GUID already. */
    private void findGuid(Guid guid, Problems problems) {
        for (ServerPool pool : pools.all()) {
            for (Server server : pool.servers()) {
                if (guid.isGiven() && server.settings().guid.equals(guid.text())) {
                    problems.alert("'guid': duplicate entry with server " + server.path() + ".");
                }
            }
        }
    }

    Outcome remove(Server server) {
        if (server.isRemoved()) {
            return refused("No such server.");
        }
        String obstacle = obstacle(server);
        if (obstacle != null) {
            return refused(obstacle);
        }
        checks.remove(server);
        server.pool().remove(server);
        return new Outcome(true, List.of("Server deleted."));
    }

    /** Why a server cannot be removed now, or null. */
    static String obstacle(Server server) {
        if (server.isPinned()) {
            return "This server cannot be removed at runtime due to other configuration elements pointing to it.";
        }
        if (!server.isInMaintenance()) {
            return "Only servers in maintenance mode can be deleted.";
        }
        return server.connections() > 0 || server.queued() > 0
                ? "Server still has connections attached to it, cannot remove it."
                : null;
    }

    private static Outcome refused(String message) {
        return new Outcome(false, List.of(message));
    }

    /** Without the subject: who asked knows it. */
    private static List<String> messages(Problems problems, String subject) {
        List<String> messages = new ArrayList<>();
        for (Problem problem : problems.all()) {
            String text = problem.text();
            messages.add(text.startsWith(subject) ? text.substring(subject.length()) : text);
        }
        return messages;
    }
}
