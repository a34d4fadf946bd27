/**
 * JMH benchmarks of the pieces that every connection, message or log line goes through. Each answers the question in its first
 * sentence. {@code ./weir bench micro [regular expression] [JMH options]} runs them with the gc profiler; a test runs each of
 * them once, tiny, with every value of its parameters, so that none rots.
 *
 * <p>Not on the path of traffic. Threads: JMH's, and loops that a benchmark starts itself.
 */
package dev.weir.bench.micro;
