package dev.weir.server;

/** The word that statistics show for a server: {@code UP}, {@code DOWN 1/2}, {@code MAINT (via be/srv)}, {@code no check}. */
public final class StatusText {
    private StatusText() {}

    public static String of(Server server) {
        if (server.isInMaintenance()) {
            return maintenance(server);
        }
        Server leader = leader(server);
        return switch (server.state()) {
            case STOPPED -> down(leader.health(), leader.agent());
            case STOPPING -> "NOLB" + goingDown(leader.health());
            case STARTING, RUNNING -> up(server, leader.health(), leader.agent());
        };
    }

    private static String maintenance(Server server) {
        int flags = server.adminFlags();
        if ((flags & AdminFlags.RESOLUTION_MAINTENANCE) != 0) {
            return "MAINT (resolution)";
        }
        boolean isInherited = (flags & AdminFlags.INHERITED_MAINTENANCE) != 0 && server.tracked() != null;
        return isInherited ? "MAINT (via " + server.tracked().path() + ")" : "MAINT";
    }

    private static String up(Server server, ServerHealth health, ServerHealth agent) {
        if (server.isDraining()) {
            return isAsked(agent) ? "DRAIN (agent)" : "DRAIN" + goingDown(health);
        }
        return isAsked(health) ? "UP" + goingDown(health) : "no check";
    }

    private static boolean isAsked(ServerHealth health) {
        return health != null && health.isEnabled();
    }

    private static String goingDown(ServerHealth health) {
        if (!isAsked(health) || health.isFull()) {
            return "";
        }
        return " " + (health.value() - health.rise() + 1) + "/" + health.fall();
    }

    private static String down(ServerHealth health, ServerHealth agent) {
        if (isAsked(agent) && agent.value() == 0) {
            return "DOWN (agent)";
        }
        return health == null || health.value() == 0 ? "DOWN" : "DOWN " + health.value() + "/" + health.rise();
    }

    /** The server whose checks count: the end of a chain of tracking. */
    private static Server leader(Server server) {
        Server leader = server;
        while (leader.tracked() != null) {
            leader = leader.tracked();
        }
        return leader;
    }
}
