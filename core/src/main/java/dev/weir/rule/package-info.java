/**
 * Rules of TCP mode: {@code tcp-request connection|session|content}, {@code tcp-response content}, {@code use_backend},
 * {@code use-server}. A rule set gives a verdict and does no I/O: the session does what the verdict says. Compiled once,
 * immutable, shared by all loops; evaluation allocates nothing.
 */
package dev.weir.rule;
