package dev.weir.server.check.script;

import dev.weir.bridge.transport.SocketName;
import dev.weir.server.AddressText;
import dev.weir.server.Server;
import dev.weir.server.ServerHealth;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerState;

/** {@code x-haproxy-server-state}: what the proxy thinks of a server, for the server. No state. */
final class StateHeader {
    private StateHeader() {}

    static String of(Server server, String node) {
        boolean isInet = server.address().family() != SocketName.Family.NONE;
        ServerPool pool = server.pool();
        return health(server)
                + "; address=" + (isInet ? AddressText.of(server.address()) : "unix")
                + "; port=" + (isInet ? server.address().port() : "unix")
                + "; name=" + server.path()
                + "; node=" + node
                + "; weight=" + server.effectiveWeight() + "/" + usableWeight(pool)
                + "; scur=" + server.connections() + "/" + (pool.connections() - pool.backendQueued())
                + "; qcur=" + server.queued()
                + (server.state() == ServerState.STARTING ? "; throttle=" + server.warmthPercent() + "%" : "");
    }

    private static String health(Server server) {
        ServerHealth health = server.health();
        if (health == null) {
            return "no check";
        }
        if (server.state() == ServerState.STOPPED) {
            return health.value() == 0 ? "DOWN" : "DOWN " + health.value() + "/" + health.rise();
        }
        boolean isFull = health.value() == health.rise() + health.fall() - 1;
        return (server.state() == ServerState.STOPPING ? "NOLB" : "UP")
                + (isFull ? "" : " " + (health.value() - health.rise() + 1) + "/" + health.fall());
    }

    private static int usableWeight(ServerPool pool) {
        boolean isOnBackup = pool.activeServers() == 0;
        int sum = 0;
        for (Server server : pool.servers()) {
            if (server.isAvailable() && server.isBackup() == isOnBackup) {
                sum += server.effectiveWeight();
            }
        }
        return sum;
    }
}
