/**
 * Stick tables: keys with counters, rates and tags that sessions share, off-heap, and over restarts if their file is named.
 * Knows nothing of rules and samples: keys are bytes. Any loop; each operation holds the lock of one shard for some tens of
 * nanoseconds. HAProxy manual, section 11.
 */
package dev.weir.stick;
