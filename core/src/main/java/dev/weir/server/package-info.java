/**
 * Servers and what is between a session and its server: state, weights, queues, connecting and retrying. One
 * {@link dev.weir.server.ServerPool} a backend is the unit: choosing a server, taking a place on it and waiting for one are
 * steps under its lock.
 *
 * <p>Everything that lives (servers, health, queues, counters) is kept by name in {@link dev.weir.server.ServerPools}, outside
 * the configuration; a reload gives the pools new settings.
 *
 * <p>Threads: sessions on their loops, checks on theirs, the runtime API on any. What waits for a place is parked on its own
 * loop and woken through it.
 */
package dev.weir.server;
