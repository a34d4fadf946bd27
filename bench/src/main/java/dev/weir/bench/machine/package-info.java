/** What the machine says of itself: CPUs, memory, counters of processes. Reads {@code /proc} and {@code /sys}; changes one sysctl ({@link dev.weir.bench.machine.CongestionControl}). */
package dev.weir.bench.machine;
