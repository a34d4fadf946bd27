/**
 * The server behind every product: an HTTP/1.1 origin on {@code io-uring-bridge}, so cheap that the proxy in front of it is what
 * is measured. It counts what it serves, which gives requests and bytes of a window to the microsecond whatever drives the load.
 * A process of its own: {@code ./weir bench origin}.
 */
package dev.weir.bench.origin;
