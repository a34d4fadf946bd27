/**
 * A small fast server to measure against where no other is at hand, and one that stalls and delays exactly as it is told, to measure
 * the generator itself. Threads: a virtual thread for each connection on its loop.
 */
package dev.weir.load.origin;
