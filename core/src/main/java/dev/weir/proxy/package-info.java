/**
 * Frontends, backends and the sessions between them. Read {@link dev.weir.proxy.ClientSession} first: what happens to any
 * connection from accept to close; then {@link dev.weir.proxy.TcpSession}, what {@code mode tcp} does between.
 *
 * <p>Threads: a session belongs to one loop. {@link dev.weir.proxy.Frontend} and {@link dev.weir.proxy.Backend} are immutable
 * snapshots of a configuration that a session keeps to its end; what lives longer (counters, limits, servers, listeners) stands
 * beside them and is found again by name when the configuration changes.
 */
package dev.weir.proxy;
