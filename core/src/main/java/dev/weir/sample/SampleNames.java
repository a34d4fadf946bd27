package dev.weir.sample;

import dev.weir.sample.convert.ConverterFamilies;
import dev.weir.sample.fetch.FetchFamilies;

/** The tables of all fetches and converters. Immutable after construction; any thread. */
public final class SampleNames {
    private final FetchTable fetches = new FetchTable();
    private final ConverterTable converters = new ConverterTable();

    private SampleNames() {}

    /** What this program offers. Takes milliseconds: to be built once. */
    public static SampleNames standard() {
        SampleNames names = new SampleNames();
        FetchFamilies.ALL.forEach(family -> family.describe(names.fetches));
        ConverterFamilies.ALL.forEach(family -> family.describe(names.converters));
        return names;
    }

    public FetchTable fetches() {
        return fetches;
    }

    public ConverterTable converters() {
        return converters;
    }

    ParseProblem unknownFetch(String name) {
        return KnownNames.isFetch(name)
                ? new ParseProblem("fetch method '%s' is known but not supported by this version", name)
                : new ParseProblem("unknown fetch method '%s'%s", name, Nearest.hint(name, fetchNames()));
    }

    ParseProblem unknownConverter(String name) {
        return KnownNames.isConverter(name)
                ? new ParseProblem("converter '%s' is known but not supported by this version", name)
                : new ParseProblem("unknown converter '%s'%s", name, Nearest.hint(name, converterNames()));
    }

    /** Names of all supported fetches. */
    public Iterable<String> fetchNames() {
        return fetches.all().stream().map(Fetch::name)::iterator;
    }

    /** Names of all supported converters. */
    public Iterable<String> converterNames() {
        return converters.all().stream().map(Converter::name)::iterator;
    }
}
