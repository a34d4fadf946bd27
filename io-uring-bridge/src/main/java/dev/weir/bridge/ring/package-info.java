/**
 * io_uring itself: set-up with probing, submission and completion queues, the provided-buffer ring. Flyweights over the memory
 * that the kernel shares; numbers from include/uapi/linux/io_uring.h.
 *
 * <p>Threads: a ring is set up by any thread and then belongs to the one that enables it.
 */
package dev.weir.bridge.ring;
