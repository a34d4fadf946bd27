package dev.weir.server;

import dev.weir.stream.LogLevel;

/** Takes what there is to say about servers: for the backend's log, and for the console. Any thread; must not wait. */
@FunctionalInterface
public interface HealthEvents {
    /**
     * @param backend its name; its {@code log} lines get the text
     * @param text as HAProxy writes it
     */
    void report(String backend, LogLevel level, String text);

    /**
     * The last server that took requests is gone.
     *
     * @param kind what the configuration calls it: {@code backend} or {@code proxy}
     */
    default void reportLackOfServers(String kind, String backend) {
        report(backend, LogLevel.EMERG, kind + " " + backend + " has no server available!");
    }
}
