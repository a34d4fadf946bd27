/**
 * Log lines: formats are compiled to items, a line is built on the event loop in a pooled buffer, and one writer thread adds
 * headers and talks to the outside. A loop never waits for a log; what does not fit the queue is dropped and counted.
 */
package dev.weir.log;
