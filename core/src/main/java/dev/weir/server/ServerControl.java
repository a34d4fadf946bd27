package dev.weir.server;

import dev.weir.balance.Target;
import dev.weir.stream.Cause;
import dev.weir.stream.LogLevel;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of servers: by checks, by observed traffic, by an operator, by a tracked server. Each change is one step under the
 * pool's lock; what follows from it (waking, reporting, servers that track this one) comes after.
 *
 * <p>Thread: any but under a pool's lock.
 */
public final class ServerControl {
    private final ServerPool pool;
    private final ServerEnvironment environment;

    ServerControl(ServerPool pool, ServerEnvironment environment) {
        this.pool = pool;
        this.environment = environment;
    }

    // ---- operational state ----

    /**
     * Takes a server down. Nothing happens in maintenance, or if it is down.
     *
     * @param cause appended to the message, such as {@code ", reason: Layer4 timeout"}, or empty
     */
    public void stop(Server server, String cause) {
        StateChange change = new StateChange(pool, server);
        change.lock();
        try {
            if (server.isInMaintenance() || server.state == ServerState.STOPPED) {
                return;
            }
            change.to(ServerState.STOPPED, pool.nowNs());
            change.empty();
        } finally {
            change.unlock();
        }
        change.wakeDisplaced();
        report(server, LogLevel.ALERT, " is DOWN" + cause + change.left());
        finish(change);
    }

    /** Brings a server up, through slow start if it is configured. Nothing happens in maintenance, or if it is up. */
    public void run(Server server, String cause) {
        StateChange change = new StateChange(pool, server);
        change.lock();
        try {
            if (server.isInMaintenance()
                    || server.state == ServerState.RUNNING
                    || server.state == ServerState.STARTING) {
                return;
            }
            start(change);
        } finally {
            change.unlock();
        }
        welcome(change, cause);
        finish(change);
    }

    /** Lets a server take persistent sessions only. Nothing happens in maintenance. */
    public void quiesce(Server server, String cause) {
        StateChange change = new StateChange(pool, server);
        change.lock();
        try {
            if (server.isInMaintenance() || server.state == ServerState.STOPPING) {
                return;
            }
            change.to(ServerState.STOPPING, pool.nowNs());
            change.requeue();
        } finally {
            change.unlock();
        }
        change.wakeDisplaced();
        report(server, LogLevel.NOTICE, " is stopping" + cause + change.online(change.displaced()));
        finish(change);
    }

    /** Sets a weight at run time, 0 to 256. Static algorithms know only 0 and the configured one; the caller refuses others. */
    public void weight(Server server, int weight) {
        StateChange change = new StateChange(pool, server);
        change.lock();
        try {
            server.userWeight = weight;
            pool.dispatcher.algorithm().update(server);
        } finally {
            change.unlock();
        }
        pool.dispatcher.serveQueues(server);
        change.reportLackOfServers(environment.events());
    }

    // ---- administration ----

    /** Sets or clears one flag of {@link AdminFlags}, which servers that track this one inherit. */
    public void administer(Server server, int flag, boolean isSet) {
        if (AdminFlags.isMaintenance(flag)) {
            maintain(server, flag, isSet, "");
        } else {
            drain(server, flag, isSet, "");
        }
    }

    /** Sets a flag that changes nothing. */
    void note(Server server, int flag) {
        pool.dispatcher.lock.lock();
        try {
            server.adminFlags |= flag;
        } finally {
            pool.dispatcher.lock.unlock();
        }
    }

    /** @param via appended to the message that it goes, such as {@code " via backend/server"} */
    void maintain(Server server, int flag, boolean isSet, String via) {
        StateChange change = new StateChange(pool, server);
        change.lock();
        try {
            boolean wasInMaintenance = server.isInMaintenance();
            server.adminFlags = isSet ? server.adminFlags | flag : server.adminFlags & ~flag;
            if (wasInMaintenance == server.isInMaintenance()) {
                return;
            }
            if (isSet) {
                change.to(ServerState.STOPPED, pool.nowNs());
                change.empty();
            } else {
                comeBack(change);
            }
        } finally {
            change.unlock();
        }
        change.wakeDisplaced();
        pool.dispatcher.serveQueues(server);
        reportMaintenance(change, isSet, flag, via);
        followMaintenance(server, isSet);
        change.reportLackOfServers(environment.events());
    }

    /** Out of maintenance: up, unless its checks begin below that or the tracked server is down. */
    private void comeBack(StateChange change) {
        Server server = change.server;
        boolean isBelow = isBelowAfterwards(server.health()) | isBelowAfterwards(server.agent());
        Server leader = server.tracked();
        if (isBelow || leader != null && !leader.isUp()) {
            change.to(ServerState.STOPPED, pool.nowNs());
        } else {
            start(change);
        }
    }

    private static boolean isBelowAfterwards(ServerHealth health) {
        if (health == null) {
            return false;
        }
        health.resume();
        return !health.isUp();
    }

    private void reportMaintenance(StateChange change, boolean isSet, int flag, String via) {
        Server server = change.server;
        boolean isInherited = flag == AdminFlags.INHERITED_MAINTENANCE;
        if (isSet && change.before == ServerState.STOPPED) {
            report(server, LogLevel.NOTICE, " was DOWN and now enters maintenance" + via + ".");
        } else if (isSet) {
            LogLevel level = change.wasServing ? LogLevel.ALERT : LogLevel.NOTICE;
            report(server, level, " is going DOWN for maintenance" + via + change.left());
        } else if (flag == AdminFlags.RESOLUTION_MAINTENANCE) {
            String name = " ('" + server.host() + "')";
            report(server, LogLevel.NOTICE, name + " is " + readiness(server) + " (resolves again).");
            report(server, LogLevel.NOTICE, " administratively READY thanks to valid DNS answer.");
        } else {
            String how = isInherited ? " (leaving maintenance)." : " (leaving forced maintenance).";
            report(server, LogLevel.NOTICE, " is " + readiness(server) + how);
        }
    }

    private static String readiness(Server server) {
        return (server.isUp() ? "UP" : "DOWN") + (server.isDraining() ? "/DRAIN" : "/READY");
    }

    private void followMaintenance(Server server, boolean isSet) {
        for (Server tracker : server.trackers()) {
            tracker.pool()
                    .control()
                    .maintain(tracker, AdminFlags.INHERITED_MAINTENANCE, isSet, " via " + server.path());
        }
    }

    private void drain(Server server, int flag, boolean isSet, String via) {
        StateChange change = new StateChange(pool, server);
        change.lock();
        try {
            boolean wasDraining = server.isDraining();
            server.adminFlags = isSet ? server.adminFlags | flag : server.adminFlags & ~flag;
            if (wasDraining == server.isDraining()) {
                return;
            }
            server.downtime.lastChangeNs(pool.nowNs());
            pool.dispatcher.algorithm().update(server);
            if (isSet) {
                change.requeue();
            }
        } finally {
            change.unlock();
        }
        change.wakeDisplaced();
        int taken = isSet ? change.displaced() : pool.dispatcher.serveQueues(server);
        if (!server.isInMaintenance()) {
            reportDrain(change, isSet, flag, via, taken);
        }
        for (Server tracker : server.trackers()) {
            tracker.pool().control().drain(tracker, AdminFlags.INHERITED_DRAIN, isSet, " via " + server.path());
        }
        change.reportLackOfServers(environment.events());
    }

    private void reportDrain(StateChange change, boolean isSet, int flag, String via, int taken) {
        Server server = change.server;
        if (isSet) {
            report(server, LogLevel.NOTICE, " enters drain state" + via + change.online(taken));
            return;
        }
        String how = flag == AdminFlags.INHERITED_DRAIN ? " (leaving drain)." : " (leaving forced drain).";
        report(server, LogLevel.NOTICE, " is " + (server.isUp() ? "UP" : "DOWN") + how);
    }

    /** {@code shutdown sessions server}: ends all sessions on a server. */
    public void shutdownSessions(Server server, Cause cause) {
        pool.dispatcher.lock.lock();
        try {
            StateChange.kill(server, cause);
        } finally {
            pool.dispatcher.lock.unlock();
        }
    }

    // ---- following ----

    /** A server began to track another one: it takes over that one's state without a word. */
    void followAtStart(Server server) {
        Server leader = server.tracked();
        if (leader == null) {
            return;
        }
        pool.dispatcher.lock.lock();
        try {
            server.state = leader.state == ServerState.STARTING ? ServerState.RUNNING : leader.state;
            if (leader.isInMaintenance()) {
                server.adminFlags |= AdminFlags.INHERITED_MAINTENANCE;
            }
            pool.dispatcher.algorithm().update(server);
        } finally {
            pool.dispatcher.lock.unlock();
        }
    }

    private void follow(Server server, ServerState leaderState, String via) {
        switch (leaderState) {
            case STOPPED -> stop(server, via);
            case STOPPING -> quiesce(server, via);
            case STARTING, RUNNING -> run(server, via);
        }
    }

    private void finish(StateChange change) {
        Server server = change.server;
        for (Server tracker : server.trackers()) {
            tracker.pool().control().follow(tracker, server.state, " via " + server.path());
        }
        change.reportLackOfServers(environment.events());
    }

    // ---- coming up ----

    /** Under the lock. */
    private void start(StateChange change) {
        Server server = change.server;
        boolean isSlow = SlowStart.isConfigured(server);
        server.warmth = isSlow ? 1 : Target.WEIGHT_SCALE;
        change.to(isSlow ? ServerState.STARTING : ServerState.RUNNING, pool.nowNs());
        if (isSlow) {
            scheduleWarmUp(server, ++server.warmUps);
        }
        if (server.settings().isBackupShutdownOnUp && !server.isBackup()) {
            killOnBackups();
        }
    }

    private void welcome(StateChange change, String cause) {
        int taken = pool.dispatcher.serveQueues(change.server);
        report(change.server, LogLevel.NOTICE, " is UP" + cause + change.online(taken));
    }

    private void scheduleWarmUp(Server server, int turn) {
        environment.timers().after(SlowStart.stepNs(server), () -> warmUp(server, turn));
    }

    /** A step of slow start, unless the server has begun anew since. A drain that begins or ends only lets it take longer. */
    private void warmUp(Server server, int turn) {
        StateChange change = new StateChange(pool, server);
        long nowNs = pool.nowNs();
        change.lock();
        try {
            if (server.state != ServerState.STARTING || server.warmUps != turn) {
                return;
            }
            if (SlowStart.isOver(server, nowNs)) {
                server.warmth = Target.WEIGHT_SCALE;
                change.to(ServerState.RUNNING, nowNs);
            } else {
                server.warmth = SlowStart.warmth(server, nowNs);
                pool.dispatcher.algorithm().update(server);
                scheduleWarmUp(server, turn);
            }
        } finally {
            change.unlock();
        }
        if (server.state == ServerState.RUNNING) {
            welcome(change, "");
        } else {
            pool.dispatcher.serveQueues(server);
        }
    }

    private void killOnBackups() {
        for (Server server : pool.servers()) {
            if (server.isBackup()) {
                StateChange.kill(server, Cause.ACTIVE_UP);
            }
        }
    }

    // ---- inside ----

    /** Servers that a reload removed: those who wait for them choose again. */
    void displace(List<Server> removed) {
        List<Place> places = new ArrayList<>();
        pool.dispatcher.lock.lock();
        try {
            for (Server server : removed) {
                pool.dispatcher.displaceQueue(server, places);
            }
        } finally {
            pool.dispatcher.lock.unlock();
        }
        places.forEach(Place::wake);
    }

    private void report(Server server, LogLevel level, String what) {
        String subject = (server.isBackup() ? "Backup Server " : "Server ") + server.path();
        environment.events().report(pool.name(), level, subject + what);
    }
}
