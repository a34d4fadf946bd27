package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.ALWAYS;
import static dev.weir.sample.Availability.FROM_START;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;

/** What can be asked about the process and the world around it: time, chance, identity. */
final class ProcessFetches implements FetchFamily {
    private static final long DEFAULT_RANGE = 1L << 32;

    @Override
    public void describe(FetchTable table) {
        describeProcess(table);
        table.add(
                "date",
                INTEGER,
                ALWAYS,
                "[sint],[str]",
                "time since 1970 plus an offset, in s, ms or us",
                ProcessFetches::checkDate,
                (stream, args, out) -> out.integer(args.compiled(TimeUnits.class)
                                .fromMicros(stream.process().clock().epochMicros())
                        + args.number(0, 0)));
        table.add(
                "date_us",
                INTEGER,
                ALWAYS,
                "microseconds within the present second",
                (stream, args, out) -> out.integer(stream.process().clock().epochMicros() % 1_000_000));
        table.add(
                "rand",
                INTEGER,
                ALWAYS,
                "[sint]",
                "a random integer below the given range, 2^32 by default; not for secrets",
                ProcessFetches::checkRange,
                ProcessFetches::random);
        table.add(
                "uuid",
                STRING,
                ALWAYS,
                "[sint]",
                "a new UUID of version 4, or 7",
                ProcessFetches::checkUuid,
                ProcessFetches::uuid);
    }

    private static void describeProcess(FetchTable table) {
        table.add(
                "act_conn",
                INTEGER,
                ALWAYS,
                "connections of the process",
                (stream, args, out) -> out.integer(stream.process().connections()));
        table.add(
                "hostname",
                STRING,
                ALWAYS,
                "the machine's name",
                (stream, args, out) -> out.string(stream.process().hostName()));
        table.add(
                "pid",
                INTEGER,
                ALWAYS,
                "process id",
                (stream, args, out) -> out.integer(stream.process().pid()));
        table.add("proc", INTEGER, ALWAYS, "always 1", (stream, args, out) -> out.integer(1));
        table.add("nbproc", INTEGER, ALWAYS, "always 1", (stream, args, out) -> out.integer(1));
        table.add(
                "thread",
                INTEGER,
                ALWAYS,
                "position of the event loop, from 0",
                (stream, args, out) -> out.integer(stream.threadIndex()));
        table.add(
                "quic_enabled",
                BOOLEAN,
                ALWAYS,
                "false: there is no QUIC here",
                (stream, args, out) -> out.bool(false));
        table.add(
                "stopping",
                BOOLEAN,
                FROM_START,
                "whether the process is stopping",
                (stream, args, out) -> out.bool(stream.process().isStopping()));
        table.add("uptime", INTEGER, ALWAYS, "seconds since the process started", (stream, args, out) -> {
            long ns = stream.process().clock().nanoTime() - stream.process().startNs();
            return out.integer(ns / 1_000_000_000);
        });
    }

    private static void checkDate(Arguments args, ParseContext context) throws ParseProblem {
        TimeUnits.check(args, 1);
    }

    private static void checkRange(Arguments args, ParseContext context) throws ParseProblem {
        if (args.has(0) && (args.number(0) < 1 || args.number(0) > DEFAULT_RANGE)) {
            throw new ParseProblem("range must be from 1 to 4294967296, got '%s'", args.text(0));
        }
    }

    private static boolean random(Stream stream, Arguments args, Sample out) {
        long bits = out.scratch().randomLong() >>> 32;
        return out.integer(bits * args.number(0, DEFAULT_RANGE) >>> 32);
    }

    private static void checkUuid(Arguments args, ParseContext context) throws ParseProblem {
        if (args.number(0, 4) != 4 && args.number(0, 4) != 7) {
            throw new ParseProblem("Unsupported UUID version: '%s'", args.text(0));
        }
    }

    private static boolean uuid(Stream stream, Arguments args, Sample out) {
        long version = args.number(0, 4);
        long high = out.scratch().randomLong();
        long low = out.scratch().randomLong();
        if (version == 7) {
            long ms = stream.process().clock().epochMicros() / 1000;
            high = ms << 16 | high & 0xFFFF;
        }
        high = high & ~0xF000L | version << 12;
        low = low & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        ByteWriter text = out.writer();
        hex(high >>> 32, 8, text.clear());
        hex(high >>> 16, 4, text.put('-'));
        hex(high, 4, text.put('-'));
        hex(low >>> 48, 4, text.put('-'));
        hex(low, 12, text.put('-'));
        return out.string(text);
    }

    private static void hex(long value, int digits, ByteWriter out) {
        for (int i = digits - 1; i >= 0; i--) {
            out.put(Character.forDigit((int) (value >>> i * 4) & 15, 16));
        }
    }
}
