package dev.weir.sample.fetch;

import dev.weir.sample.Arguments;
import dev.weir.sample.ParseProblem;

/** Units in which a fetch may be asked for a time. Closed set. */
enum TimeUnits {
    SECONDS(1_000_000),
    MILLISECONDS(1_000),
    MICROSECONDS(1);

    private final long micros;

    TimeUnits(long micros) {
        this.micros = micros;
    }

    long fromMicros(long value) {
        return value / micros;
    }

    /** Keeps the unit that the argument at that position names, seconds if it is absent. */
    static void check(Arguments args, int position) throws ParseProblem {
        args.compiled(parse(args, position, SECONDS));
    }

    static TimeUnits parse(Arguments args, int position, TimeUnits missing) throws ParseProblem {
        if (!args.hasText(position)) {
            return missing;
        }
        return switch (args.text(position)) {
            case "s" -> SECONDS;
            case "ms" -> MILLISECONDS;
            case "us" -> MICROSECONDS;
            default -> throw new ParseProblem("expects 's', 'ms' or 'us', got '%s'", args.text(position));
        };
    }
}
