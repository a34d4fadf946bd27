package dev.weir.sample;

/** A group of converters that belong together: one table row each. */
public interface ConverterFamily {
    void describe(ConverterTable table);
}
