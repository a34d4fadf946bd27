package dev.weir.server;

import dev.weir.stream.Cause;

/** A session that holds a place on a server, as those see it who may end it. */
@FunctionalInterface
public interface KillableSession {
    /**
     * From any thread, under the pool's lock: ends the session. Must only note the cause, kill its connections and unpark it,
     * and must hold for whatever the session does next, also if it is only about to connect.
     */
    void kill(Cause cause);
}
