package dev.weir.sample;

import dev.weir.stream.Stream;

/** Transforms a value in place. Immutable; any loop. */
@FunctionalInterface
public interface ConverterFunction {
    /** False means that this value cannot be converted: the expression then has none. */
    boolean convert(Stream stream, Arguments args, Sample sample);
}
