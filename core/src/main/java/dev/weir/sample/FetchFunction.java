package dev.weir.sample;

import dev.weir.stream.Stream;

/** Takes a value from a stream. Immutable; any loop. */
@FunctionalInterface
public interface FetchFunction {
    /** Writes into {@code out}. False means that there is no value (yet, if it marked {@code out} as one that may change). */
    boolean fetch(Stream stream, Arguments args, Sample out);
}
