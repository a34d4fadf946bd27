/**
 * Typed expressions: a fetch takes a value from a {@link dev.weir.stream.Stream}, converters transform it in turn. Parsing
 * happens once, when the configuration is read; evaluation is straight calls through arrays and allocates nothing.
 *
 * <p>Threads: a compiled {@link dev.weir.sample.Expression} is immutable and shared by all loops; {@link dev.weir.sample.Scratch}
 * and the samples it lends belong to one loop.
 */
package dev.weir.sample;
