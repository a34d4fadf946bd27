/**
 * The Linux kernel through FFM: raw system calls, socket addresses, affinity; and signals, as the JDK has them. No policy; every
 * method is one call or a fixed few.
 */
package dev.weir.bridge.kernel;
