package dev.weir.cli.page;

import dev.weir.server.AdminFlags;
import dev.weir.server.Server;
import dev.weir.server.ServerControl;
import dev.weir.server.check.Check;
import dev.weir.stream.Cause;

/** What the page can do with servers, under HAProxy's words. Closed set. */
enum PageAction {
    READY("ready", "Set state to READY"),
    DRAIN("drain", "Set state to DRAIN"),
    MAINTENANCE("maint", "Set state to MAINT"),
    HEALTH_UP("hrunn", "Health: force UP"),
    HEALTH_NOLB("hnolb", "Health: force NOLB"),
    HEALTH_DOWN("hdown", "Health: force DOWN"),
    KILL("shutdown", "Kill sessions");

    private final String word;
    private final String title;

    PageAction(String word, String title) {
        this.word = word;
        this.title = title;
    }

    String word() {
        return word;
    }

    String title() {
        return title;
    }

    /** Null if there is none of that word. */
    static PageAction of(String word) {
        for (PageAction action : values()) {
            if (action.word.equals(word)) {
                return action;
            }
        }
        return null;
    }

    void apply(Server server) {
        ServerControl control = server.pool().control();
        switch (this) {
            case READY -> ready(server, control);
            case DRAIN -> control.administer(server, AdminFlags.FORCED_DRAIN, true);
            case MAINTENANCE -> control.administer(server, AdminFlags.FORCED_MAINTENANCE, true);
            case HEALTH_UP -> health(server, control, true);
            case HEALTH_NOLB -> control.quiesce(server, ", changed from web");
            case HEALTH_DOWN -> health(server, control, false);
            case KILL -> control.shutdownSessions(server, Cause.KILLED);
        }
    }

    private static void ready(Server server, ServerControl control) {
        control.administer(server, AdminFlags.FORCED_MAINTENANCE, false);
        control.administer(server, AdminFlags.CONFIGURED_MAINTENANCE, false);
        control.administer(server, AdminFlags.FORCED_DRAIN, false);
    }

    private static void health(Server server, ServerControl control, boolean isUp) {
        if (server.health() instanceof Check check) {
            check.force(isUp);
        } else if (isUp) {
            control.run(server, ", changed from web");
        } else {
            control.stop(server, ", changed from web");
        }
    }
}
