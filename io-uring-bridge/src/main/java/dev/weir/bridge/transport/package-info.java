/**
 * The seam between a proxy and the kernel: event loops, listeners and connections. Everything here is blocking to look at and
 * runs on virtual threads whose carrier is the event loop; two implementations, {@code uring} and {@code nio}, keep one
 * contract, which {@code TransportContract} checks.
 *
 * <p>Threads: a connection belongs to the loop that accepted or opened it. All its methods are called on that loop (by one of
 * its virtual threads, or by a task given to {@link dev.weir.bridge.transport.EventLoop#execute}); the few that other threads
 * may call say so.
 */
package dev.weir.bridge.transport;
