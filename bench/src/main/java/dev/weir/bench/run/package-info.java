/**
 * The runner. One thread drives everything: it starts a {@link dev.weir.bench.run.Stage} (the origin and the products in one
 * placement), warms up, measures in interleaved rounds, and writes what it has after each point.
 */
package dev.weir.bench.run;
