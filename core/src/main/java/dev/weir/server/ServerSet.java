package dev.weir.server;

import java.util.ArrayList;
import java.util.List;

/** A reload's, or a run-time change's, view of a pool: which servers stay, which come, which are gone. Made before the lock, put in force under it. */
final class ServerSet {
    private final List<ServerSettings> lines;
    private final Server[] servers;
    private final List<Server> removed = new ArrayList<>();

    private ServerSet(List<ServerSettings> lines, Server[] servers) {
        this.lines = lines;
        this.servers = servers;
    }

    static ServerSet of(ServerPool pool, List<ServerSettings> lines, Server[] before, ServerEnvironment environment) {
        ServerSet set = new ServerSet(lines, new Server[lines.size()]);
        for (int i = 0; i < set.servers.length; i++) {
            ServerSettings line = lines.get(i);
            Server known = named(before, line.name);
            set.servers[i] = known != null ? known : create(pool, line, environment);
        }
        for (Server server : before) {
            if (named(set.servers, server.name()) == null) {
                set.removed.add(server);
            }
        }
        return set;
    }

    private static Server create(ServerPool pool, ServerSettings line, ServerEnvironment environment) {
        Server server = new Server(pool, line, environment.loopCount());
        server.downtime.lastChangeNs(environment.clock().nanoTime());
        CheckSettings check = line.check;
        if (check != null
                && (check.initialState == CheckSettings.InitialState.DOWN
                        || check.initialState == CheckSettings.InitialState.FULLY_DOWN)) {
            server.state = ServerState.STOPPED;
        }
        if (line.isAddedAtRunTime) {
            server.adminFlags |= AdminFlags.FORCED_MAINTENANCE;
            server.state = ServerState.STOPPED;
        }
        return server;
    }

    /** Under the pool's lock. */
    void install() {
        for (int i = 0; i < servers.length; i++) {
            servers[i].adopt(lines.get(i));
            servers[i].position(i);
        }
        for (Server server : removed) {
            server.position(Server.REMOVED);
            server.idle().closeAll();
            server.track(null);
        }
    }

    Server[] servers() {
        return servers;
    }

    List<Server> removed() {
        return removed;
    }

    boolean hasDynamicLimits() {
        for (ServerSettings line : lines) {
            if (line.lowerLimit() != line.upperLimit()) {
                return true;
            }
        }
        return false;
    }

    private static Server named(Server[] servers, String name) {
        for (Server server : servers) {
            if (server.name().equals(name)) {
                return server;
            }
        }
        return null;
    }
}
