package dev.weir.cli.page;

import dev.weir.cli.ServerOrders;
import dev.weir.server.Server;
import dev.weir.server.ServerHealth;
import dev.weir.server.check.AgentCheck;
import dev.weir.stream.Cause;
import java.util.function.Consumer;

/** What the page can do with servers, under HAProxy's words. Closed set. */
enum PageAction {
    READY("ready", "Set state to READY"),
    DRAIN("drain", "Set state to DRAIN"),
    MAINTENANCE("maint", "Set state to MAINT"),
    CHECKS_OFF("dhlth", "Health: disable checks"),
    CHECKS_ON("ehlth", "Health: enable checks"),
    HEALTH_UP("hrunn", "Health: force UP"),
    HEALTH_NOLB("hnolb", "Health: force NOLB"),
    HEALTH_DOWN("hdown", "Health: force DOWN"),
    AGENT_OFF("dagent", "Agent: disable checks"),
    AGENT_ON("eagent", "Agent: enable checks"),
    AGENT_UP("arunn", "Agent: force UP"),
    AGENT_DOWN("adown", "Agent: force DOWN"),
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
        ServerOrders orders = new ServerOrders(server, "web");
        switch (this) {
            case READY -> orders.makeReady();
            case DRAIN -> orders.drain();
            case MAINTENANCE -> orders.maintain();
            case CHECKS_OFF -> enable(server.health(), false);
            case CHECKS_ON -> enable(server.health(), true);
            case HEALTH_UP -> ifUntracked(server, orders::takeUp);
            case HEALTH_NOLB -> ifUntracked(server, orders::quiesce);
            case HEALTH_DOWN -> ifUntracked(server, orders::takeDown);
            case AGENT_OFF -> enable(server.agent(), false);
            case AGENT_ON -> enable(server.agent(), true);
            case AGENT_UP -> ifAsked(server, orders::takeUp);
            case AGENT_DOWN -> ifAsked(server, orders::takeDown);
            case KILL -> server.pool().control().shutdownSessions(server, Cause.KILLED);
        }
    }

    /** A server without such checks stays as it is. */
    private static void enable(ServerHealth health, boolean isEnabled) {
        if (health != null) {
            health.enable(isEnabled);
        }
    }

    /** The health of a server that tracks another one is that one's. */
    private static void ifUntracked(Server server, Runnable order) {
        if (server.tracked() == null) {
            order.run();
        }
    }

    private static void ifAsked(Server server, Consumer<AgentCheck> order) {
        if (server.agent() instanceof AgentCheck agent && agent.isEnabled()) {
            order.accept(agent);
        }
    }
}
