/**
 * Names at run time: {@code resolvers} sections, their name servers, and what is asked of them again and again for those who
 * depend on it. It knows requesters, not servers. Messages are read and written by dnsjava; sockets, times and what follows from an
 * answer are here. Enter at {@link dev.weir.resolver.Resolvers}.
 *
 * <p>Threads: one, which owns every socket, section, resolution and requester, and is started by the first task for it. Other
 * threads hand it tasks, and read counters.
 */
package dev.weir.resolver;
