package dev.weir.log;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.CivilTime;
import dev.weir.sample.DateFormat;
import dev.weir.sample.LocalZone;
import java.util.Locale;

/** What stands before the text of a line: the {@code format} of a log target. Closed set. */
public enum LineHeader {
    LOCAL,
    RFC3164,
    RFC5424,
    PRIORITY,
    SHORT,
    TIMED,
    ISO,
    RAW;

    /** Null if none has that name. */
    public static LineHeader of(String text) {
        for (LineHeader header : values()) {
            if (header.name().toLowerCase(Locale.ROOT).equals(text)) {
                return header;
            }
        }
        return null;
    }

    void write(LogRecord line, Facility facility, int level, CivilTime time, ByteWriter out) {
        switch (this) {
            case LOCAL, RFC3164 -> {
                priority(facility, level, out);
                syslogDate(line, time, out);
                if (this == RFC3164) {
                    out.put(line.hostName.isEmpty() ? "localhost" : line.hostName)
                            .put(' ');
                }
                out.put(line.tag).put('[').putDecimal(line.pid).put("]: ");
            }
            case RFC5424 -> {
                priority(facility, level, out);
                isoDate(line, time, out.put("1 "));
                out.put(' ').put(line.hostName.isEmpty() ? "-" : line.hostName);
                out.put(' ').put(line.tag).put(' ');
                out.putDecimal(line.pid).put(" - ");
                structuredData(line, out);
            }
            case PRIORITY -> priority(facility, level, out);
            case SHORT -> level(level, out);
            case TIMED -> {
                level(level, out);
                isoDate(line, time, out);
                out.put(' ');
            }
            case ISO -> {
                isoDate(line, time, out);
                out.put(' ');
            }
            case RAW -> {}
        }
    }

    private static void priority(Facility facility, int level, ByteWriter out) {
        level(facility.ordinal() * 8 + level, out);
    }

    private static void level(int number, ByteWriter out) {
        out.put('<').putDecimal(number).put('>');
    }

    /** {@code Nov 23 01:00:24 }, local time. */
    private static void syslogDate(LogRecord line, CivilTime time, ByteWriter out) {
        local(line, time);
        DateFormat.shortMonth(time, out);
        out.put(time.day < 10 ? "  " : " ").putDecimal(time.day).put(' ');
        DateFormat.clock(time, out);
        out.put(' ');
    }

    /** {@code 2026-11-23T01:00:24.826153+00:00}. */
    private static void isoDate(LogRecord line, CivilTime time, ByteWriter out) {
        local(line, time);
        out.putPadded(time.year, 4).put('-').putPadded(time.month, 2).put('-').putPadded(time.day, 2);
        DateFormat.clock(time, out.put('T'));
        out.put('.').putPadded(Math.floorMod(line.epochMicros, 1_000_000L), 6);
        int minutes = Math.abs(time.offsetSeconds) / 60;
        out.put(time.offsetSeconds < 0 ? '-' : '+').putPadded(minutes / 60, 2);
        out.put(':').putPadded(minutes % 60, 2);
    }

    private static void local(LogRecord line, CivilTime time) {
        long seconds = Math.floorDiv(line.epochMicros, 1_000_000L);
        time.set(seconds, LocalZone.offsetSeconds(seconds));
    }

    private static void structuredData(LogRecord line, ByteWriter out) {
        if (line.structuredData.length() == 0) {
            out.put("- ");
        } else {
            out.put(line.structuredData.array(), 0, line.structuredData.length())
                    .put(' ');
        }
    }
}
