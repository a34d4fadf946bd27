/**
 * Frontends, backends and the sessions between them. Read {@link dev.weir.proxy.ClientSession} first: it is what happens to a
 * connection, from accept to the log line, in order.
 *
 * <p>Threads: a session belongs to one loop. {@link dev.weir.proxy.Frontend} and {@link dev.weir.proxy.Backend} are immutable
 * snapshots of a configuration that a session keeps to its end; what lives longer (counters, limits, servers, listeners) stands
 * beside them and is found again by name when the configuration changes.
 */
package dev.weir.proxy;
