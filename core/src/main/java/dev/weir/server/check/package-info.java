/**
 * Health checks: one virtual thread for each checked server, on one of the loops; its results move the server's state through
 * {@link dev.weir.server.ServerControl} and are reported in HAProxy's words.
 *
 * <p>Threads: a check runs on its own virtual thread; what traffic observes comes from any session's.
 */
package dev.weir.server.check;
