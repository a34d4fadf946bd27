package dev.weir.sample;

/**
 * One converter as registered.
 *
 * @param name as configurations write it
 * @param input what it takes; values of other types are cast
 * @param output what it gives
 * @param arguments what it takes in parentheses
 * @param description one line for people
 * @param check looks at the arguments at parse time
 * @param function does the work
 */
public record Converter(
        String name,
        SampleType input,
        SampleType output,
        String arguments,
        String description,
        ArgumentCheck check,
        ConverterFunction function) {}
