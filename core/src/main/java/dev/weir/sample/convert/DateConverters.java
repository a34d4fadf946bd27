package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.CivilTime;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.DateFormat;
import dev.weir.sample.HttpDateText;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;

/** Times since 1970 to text, and back. */
final class DateConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        format(table, "utime", "seconds since 1970 by a strftime format in UTC", true, 1);
        format(table, "ltime", "seconds since 1970 by a strftime format in local time", false, 1);
        format(table, "ms_utime", "milliseconds since 1970 by a strftime format in UTC", true, 1_000);
        format(table, "ms_ltime", "milliseconds since 1970 by a strftime format in local time", false, 1_000);
        format(table, "us_utime", "microseconds since 1970 by a strftime format in UTC", true, 1_000_000);
        format(table, "us_ltime", "microseconds since 1970 by a strftime format in local time", false, 1_000_000);
        table.add(
                "date",
                STRING,
                INTEGER,
                "seconds since 1970 of a date as HTTP writes them, or wrote them once",
                (stream, args, sample) -> {
                    long seconds = HttpDateText.read(sample);
                    return seconds != HttpDateText.NONE && sample.integer(seconds);
                });
        table.add(
                "http_date",
                INTEGER,
                STRING,
                "[sint],[str]",
                "a time since 1970 plus an offset, in s, ms or us, as HTTP writes dates",
                DateConverters::checkUnit,
                DateConverters::http);
    }

    private static void format(
            ConverterTable table, String name, String description, boolean isUtc, long unitsPerSecond) {
        table.add(
                name,
                INTEGER,
                STRING,
                "str,[sint]",
                description,
                (args, context) -> args.compiled(new DateFormat(args.text(0), isUtc)),
                (stream, args, sample) -> write(args, sample, unitsPerSecond));
    }

    private static boolean write(Arguments args, Sample sample, long unitsPerSecond) {
        long time = sample.low() + args.number(1, 0);
        long seconds = Math.floorDiv(time, unitsPerSecond);
        long nanos = Math.floorMod(time, unitsPerSecond) * (1_000_000_000 / unitsPerSecond);
        ByteWriter out = sample.writer();
        args.compiled(DateFormat.class).write(seconds, nanos, sample.scratch().civilTime(), out);
        return sample.string(out);
    }

    private static void checkUnit(Arguments args, ParseContext context) throws ParseProblem {
        String unit = args.hasText(1) ? args.text(1) : "s";
        args.compiled(
                switch (unit) {
                    case "s" -> 1L;
                    case "ms" -> 1_000L;
                    case "us" -> 1_000_000L;
                    default -> throw new ParseProblem("expects 's', 'ms' or 'us', got '%s'", unit);
                });
    }

    private static int digits(long unitsPerSecond) {
        return unitsPerSecond == 1 ? 0 : unitsPerSecond == 1_000 ? 3 : 6;
    }

    private static boolean http(Stream stream, Arguments args, Sample sample) {
        long unitsPerSecond = args.compiled(Long.class);
        long time = sample.low() + args.number(0, 0);
        CivilTime date = sample.scratch().civilTime().set(Math.floorDiv(time, unitsPerSecond), 0);
        ByteWriter out = sample.writer();
        DateFormat.http(date, Math.floorMod(time, unitsPerSecond), digits(unitsPerSecond), out);
        return sample.string(out);
    }
}
