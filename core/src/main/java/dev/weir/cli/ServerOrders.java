package dev.weir.cli;

import dev.weir.server.AdminFlags;
import dev.weir.server.Server;
import dev.weir.server.ServerControl;
import dev.weir.server.check.AgentCheck;
import dev.weir.server.check.Check;

/** What an operator may say of one server, wherever it is said: the state, the health, what the agent is taken to have said. Any thread. */
public final class ServerOrders {
    private final Server server;
    private final ServerControl control;
    private final String cause;

    /** @param origin where it is said, for messages: {@code CLI}, {@code web} */
    public ServerOrders(Server server, String origin) {
        this.server = server;
        this.control = server.pool().control();
        this.cause = ", changed from " + origin;
    }

    // ---- administrative state ----

    /** Out of maintenance and drain. */
    public void makeReady() {
        endMaintenance();
        control.administer(server, AdminFlags.FORCED_DRAIN, false);
    }

    /** No new sessions but persistent ones; out of maintenance, too. */
    public void drain() {
        control.administer(server, AdminFlags.FORCED_DRAIN, true);
        endMaintenance();
    }

    /** No sessions and no checks; who leaves maintenance later no longer drains. */
    public void maintain() {
        control.administer(server, AdminFlags.FORCED_MAINTENANCE, true);
        control.administer(server, AdminFlags.FORCED_DRAIN, false);
    }

    private void endMaintenance() {
        control.administer(server, AdminFlags.CONFIGURED_MAINTENANCE, false);
        control.administer(server, AdminFlags.FORCED_MAINTENANCE, false);
    }

    // ---- health: as if checks had found it so ----

    public void takeUp() {
        assumeWell();
        control.run(server, cause);
    }

    public void takeDown() {
        if (server.health() instanceof Check check) {
            check.assume(false);
        }
        control.stop(server, cause);
    }

    /** Persistent sessions only. */
    public void quiesce() {
        assumeWell();
        control.quiesce(server, cause);
    }

    private void assumeWell() {
        if (server.health() instanceof Check check) {
            check.assume(true);
        } else {
            server.assumeWell();
        }
    }

    // ---- agent: as if it had said so ----

    public void takeUp(AgentCheck agent) {
        agent.assume(true);
        boolean isWell = server.health() == null || server.health().isUp();
        if (isWell) {
            control.run(server, cause);
        }
    }

    public void takeDown(AgentCheck agent) {
        agent.assume(false);
        control.stop(server, cause);
    }
}
