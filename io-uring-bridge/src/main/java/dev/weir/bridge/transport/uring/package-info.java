/**
 * The transport on io_uring. One loop is one ring: receives are armed once and go on by themselves, sends are submitted in
 * batches with the wait for what comes next, so a busy loop enters the kernel once a turn.
 *
 * <p>Threads: everything belongs to its loop's thread and the virtual threads on it; what others may call says so.
 */
package dev.weir.bridge.transport.uring;
