/** Off-heap blocks: one mapping a loop, borrowed and given back. Threads: the owning loop's only. */
package dev.weir.bridge.buffer;
