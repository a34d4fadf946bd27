package dev.weir.sample;

/**
 * One fetch as registered.
 *
 * @param name as configurations write it
 * @param type of the value
 * @param availability from when on there can be a value
 * @param arguments what it takes
 * @param description one line for people
 * @param check looks at the arguments at parse time
 * @param function does the work
 */
public record Fetch(
        String name,
        SampleType type,
        Availability availability,
        String arguments,
        String description,
        ArgumentCheck check,
        FetchFunction function) {}
