/**
 * The transport for everywhere: readiness through {@link java.nio.channels.Selector}, the same contract as io_uring.
 *
 * <p>Path: the selector names a ready channel; its connection wakes the virtual thread that waits, or, while a relay owns it,
 * the relay moves the bytes at once. Threads: everything belongs to the loop (its own thread, or one of its virtual threads),
 * except where a method says otherwise.
 */
package dev.weir.bridge.transport.nio;
