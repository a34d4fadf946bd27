/**
 * Persistence: which server a client belongs to, and how it is told so. Cookies of HTTP messages, RDP cookies of terminal servers,
 * and the rules that force or ignore both. Asked before a server is chosen; cookies again before the answer is written. Knows no
 * connection.
 *
 * <p>Threads: settings and rules are immutable and shared; a {@link dev.weir.persist.CookiePersistence} belongs to one event loop.
 */
package dev.weir.persist;
