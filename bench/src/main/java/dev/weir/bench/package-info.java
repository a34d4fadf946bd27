/**
 * How fast is it? {@code ./weir bench micro} runs the JMH benchmarks of {@link dev.weir.bench.micro}.
 *
 * <p>Never part of the product; may see all of it.
 */
package dev.weir.bench;
