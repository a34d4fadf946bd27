/** Who puts the load on a target and measures latencies: Weir's load generator, or wrk where it is installed. Requests, bytes and CPU of a window are counted elsewhere, at the origin and by the kernel. */
package dev.weir.bench.judge;
