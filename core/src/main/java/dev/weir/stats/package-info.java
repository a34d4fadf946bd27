/**
 * Counters, rates and latencies: written by the loops without contention, read by anyone. What a counter is called, and in which column of
 * the statistics it stands, is said once, in {@link dev.weir.stats.Counter}.
 *
 * <p>Threads: a writer owns a cell (its loop's); readers add the cells up and may lag, but never see half a value.
 */
package dev.weir.stats;
