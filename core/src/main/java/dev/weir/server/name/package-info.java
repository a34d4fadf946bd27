/**
 * Servers that have a name instead of an address: what the names lead to is asked again and again, and servers move, come and go by it.
 * Enter at {@link dev.weir.server.name.ServerNames}.
 *
 * <p>Threads: the resolvers' thread owns everything here; others hand it tasks.
 */
package dev.weir.server.name;
