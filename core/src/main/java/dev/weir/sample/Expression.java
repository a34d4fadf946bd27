package dev.weir.sample;

import dev.weir.stream.Stream;

/**
 * A fetch and the converters behind it, ready to run. Immutable; any loop. Evaluation allocates nothing once the scratch
 * buffers have grown to their size.
 */
public final class Expression {
    private final String text;
    private final Fetch fetch;
    private final Arguments arguments;
    private final Step[] steps;
    private final SampleType type;

    Expression(String text, Fetch fetch, Arguments arguments, Step[] steps, SampleType type) {
        this.text = text;
        this.fetch = fetch;
        this.arguments = arguments;
        this.steps = steps;
        this.type = type;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** The fetch at its head. */
    public Fetch fetch() {
        return fetch;
    }

    /** Of the fetch. */
    public Arguments arguments() {
        return arguments;
    }

    /** What it gives. */
    public SampleType type() {
        return type;
    }

    /** Whether converters follow the fetch. */
    public boolean hasConverters() {
        return steps.length > 0;
    }

    /**
     * Computes the value.
     *
     * @return whether there is one; {@link Sample#mayChange()} says in both cases whether more input could change that, and
     *     is never set while the stream's evaluation is final
     */
    public boolean evaluate(Stream stream, Sample out) {
        out.begin(false);
        return finish(stream, out);
    }

    /** Computes the first of all values, which {@link Sample#hasMore()} says whether others follow. */
    public boolean evaluateFirst(Stream stream, Sample out) {
        out.begin(true);
        return finish(stream, out);
    }

    /** Computes the next value of a fetch that said {@link Sample#hasMore()}. */
    public boolean evaluateNext(Stream stream, Sample out) {
        out.beginNext();
        return finish(stream, out);
    }

    private boolean finish(Stream stream, Sample out) {
        boolean isPresent = run(stream, out);
        if (stream.isFinalEvaluation()) {
            out.mayChange(false);
        }
        return isPresent;
    }

    /** Computes the value with what there is, whatever the stream waits for: what actions and logs want. */
    public boolean evaluateFinal(Stream stream, Sample out) {
        boolean wasFinal = stream.isFinalEvaluation();
        stream.finalEvaluation(true);
        boolean isPresent = evaluate(stream, out);
        stream.finalEvaluation(wasFinal);
        return isPresent;
    }

    /** Computes the value and converts it to that type. */
    public boolean evaluateAs(Stream stream, Sample out, SampleType wanted) {
        return evaluate(stream, out) && Casts.cast(out, wanted);
    }

    private boolean run(Stream stream, Sample out) {
        if (!fetch.function().fetch(stream, arguments, out)) {
            return false;
        }
        for (Step step : steps) {
            if (!Casts.cast(out, step.input) || !step.function.convert(stream, step.arguments, out)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }

    /** One converter with its arguments. */
    record Step(SampleType input, ConverterFunction function, Arguments arguments) {}
}
