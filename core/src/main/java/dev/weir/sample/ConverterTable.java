package dev.weir.sample;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** All converters by name. Filled once at start; then read by any thread. */
public final class ConverterTable {
    private final Map<String, Converter> converters = new LinkedHashMap<>();

    /** A converter without arguments. */
    public void add(String name, SampleType input, SampleType output, String description, ConverterFunction function) {
        add(name, input, output, "", description, ArgumentCheck.NONE, function);
    }

    /** A converter with arguments, such as {@code "sint,str,[sint]"}. */
    public void add(
            String name,
            SampleType input,
            SampleType output,
            String arguments,
            String description,
            ConverterFunction function) {
        add(name, input, output, arguments, description, ArgumentCheck.NONE, function);
    }

    /** A converter whose arguments are looked at when the configuration is read. */
    public void add(
            String name,
            SampleType input,
            SampleType output,
            String arguments,
            String description,
            ArgumentCheck check,
            ConverterFunction function) {
        Converter converter = new Converter(name, input, output, arguments, description, check, function);
        if (converters.putIfAbsent(name, converter) != null) {
            throw new IllegalStateException("two converters are called " + name);
        }
    }

    /** Null if there is none of that name. */
    public Converter get(String name) {
        return converters.get(name);
    }

    public Collection<Converter> all() {
        return converters.values();
    }
}
