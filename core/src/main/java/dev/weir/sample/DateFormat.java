package dev.weir.sample;

import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Locale;

/** A {@code strftime} format in the C locale, and HAProxy's {@code %N}. Immutable; writing allocates nothing. */
public final class DateFormat {
    private static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    private static final String[] MONTHS = {
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December"
    };

    private final String format;
    private final boolean isUtc;

    public DateFormat(String format, boolean isUtc) {
        this.format = format;
        this.isUtc = isUtc;
    }

    /** Writes the three letters of the month. */
    public static void shortMonth(CivilTime time, ByteWriter out) {
        String name = MONTHS[time.month - 1];
        out.put(name.charAt(0)).put(name.charAt(1)).put(name.charAt(2));
    }

    /** Writes the three letters of the day. */
    public static void shortDay(CivilTime time, ByteWriter out) {
        String name = DAYS[time.weekDay];
        out.put(name.charAt(0)).put(name.charAt(1)).put(name.charAt(2));
    }

    /** Writes {@code +hhmm}. */
    public static void offset(CivilTime time, ByteWriter out) {
        int minutes = Math.abs(time.offsetSeconds) / 60;
        out.put(time.offsetSeconds < 0 ? '-' : '+').putPadded(minutes / 60, 2).putPadded(minutes % 60, 2);
    }

    /**
     * Writes {@code Sun, 06 Nov 1994 08:49:37 GMT}, of a time taken apart in UTC.
     *
     * @param fractionDigits how many digits of the fraction stand behind the seconds, 0 for none
     */
    public static void http(CivilTime time, long fraction, int fractionDigits, ByteWriter out) {
        shortDay(time, out);
        out.put(", ").putPadded(time.day, 2).put(' ');
        shortMonth(time, out);
        out.put(' ').putPadded(time.year, 4).put(' ');
        clock(time, out);
        if (fractionDigits > 0) {
            out.put('.').putPadded(fraction, fractionDigits);
        }
        out.put(" GMT");
    }

    /** Writes {@code hh:mm:ss}. */
    public static void clock(CivilTime time, ByteWriter out) {
        out.putPadded(time.hour, 2).put(':').putPadded(time.minute, 2).put(':').putPadded(time.second, 2);
    }

    /** @param nanos within the second, for {@code %N} */
    public void write(long epochSeconds, long nanos, CivilTime time, ByteWriter out) {
        time.set(epochSeconds, isUtc ? 0 : LocalZone.offsetSeconds(epochSeconds));
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.put(c);
                continue;
            }
            char next = format.charAt(++i);
            if (next >= '1' && next <= '9' && i + 1 < format.length() && format.charAt(i + 1) == 'N') {
                nanos(nanos, next - '0', out);
                i++;
            } else {
                field(next, epochSeconds, nanos, time, out);
            }
        }
    }

    private static void nanos(long nanos, int digits, ByteWriter out) {
        long value = nanos;
        for (int i = digits; i < 9; i++) {
            value /= 10;
        }
        out.putPadded(value, digits);
    }

    private void field(char field, long epochSeconds, long nanos, CivilTime time, ByteWriter out) {
        switch (field) {
            case 'a' -> shortDay(time, out);
            case 'A' -> out.put(DAYS[time.weekDay]);
            case 'b', 'h' -> shortMonth(time, out);
            case 'B' -> out.put(MONTHS[time.month - 1]);
            case 'C' -> out.putPadded(time.year / 100, 2);
            case 'd' -> out.putPadded(time.day, 2);
            case 'e' -> spaced(time.day, out);
            case 'H' -> out.putPadded(time.hour, 2);
            case 'I' -> out.putPadded(twelve(time.hour), 2);
            case 'j' -> out.putPadded(time.yearDay + 1, 3);
            case 'k' -> spaced(time.hour, out);
            case 'l' -> spaced(twelve(time.hour), out);
            case 'm' -> out.putPadded(time.month, 2);
            case 'M' -> out.putPadded(time.minute, 2);
            case 'n' -> out.put('\n');
            case 'N' -> nanos(nanos, 9, out);
            case 'p' -> out.put(time.hour < 12 ? "AM" : "PM");
            case 'P' -> out.put(time.hour < 12 ? "am" : "pm");
            case 's' -> out.putDecimal(epochSeconds);
            case 'S' -> out.putPadded(time.second, 2);
            case 't' -> out.put('\t');
            case 'u' -> out.putDecimal(time.weekDay == 0 ? 7 : time.weekDay);
            case 'w' -> out.putDecimal(time.weekDay);
            case 'y' -> out.putPadded(time.year % 100, 2);
            case 'Y' -> out.putDecimal(time.year);
            case 'z' -> offset(time, out);
            case 'Z' -> out.put(isUtc ? "GMT" : ZoneId.systemDefault().getDisplayName(TextStyle.SHORT, Locale.ROOT));
            case '%' -> out.put('%');
            default -> composed(field, time, out);
        }
    }

    private void composed(char field, CivilTime time, ByteWriter out) {
        switch (field) {
            case 'c' -> {
                shortDay(time, out);
                shortMonth(time, out.put(' '));
                spaced(time.day, out.put(' '));
                clock(time, out.put(' '));
                out.put(' ').putDecimal(time.year);
            }
            case 'D', 'x' ->
                out.putPadded(time.month, 2)
                        .put('/')
                        .putPadded(time.day, 2)
                        .put('/')
                        .putPadded(time.year % 100, 2);
            case 'F' ->
                out.putDecimal(time.year)
                        .put('-')
                        .putPadded(time.month, 2)
                        .put('-')
                        .putPadded(time.day, 2);
            case 'r' -> {
                out.putPadded(twelve(time.hour), 2)
                        .put(':')
                        .putPadded(time.minute, 2)
                        .put(':');
                out.putPadded(time.second, 2).put(time.hour < 12 ? " AM" : " PM");
            }
            case 'R' -> out.putPadded(time.hour, 2).put(':').putPadded(time.minute, 2);
            case 'T', 'X' -> clock(time, out);
            case 'U' -> out.putPadded((time.yearDay + 7 - time.weekDay) / 7, 2);
            case 'W' -> out.putPadded((time.yearDay + 7 - (time.weekDay + 6) % 7) / 7, 2);
            case 'G' -> out.putDecimal(isoWeek(time) >> 8);
            case 'g' -> out.putPadded((isoWeek(time) >> 8) % 100, 2);
            case 'V' -> out.putPadded(isoWeek(time) & 0xFF, 2);
            default -> out.put('%').put(field);
        }
    }

    /** Year and week of ISO 8601 as {@code year << 8 | week}: the week belongs to the year of its Thursday. */
    private static int isoWeek(CivilTime time) {
        int fromMonday = (time.weekDay + 6) % 7;
        int thursday = time.yearDay - fromMonday + 3;
        int year = (int) time.year;
        if (thursday < 0) {
            year--;
            thursday += daysIn(year);
        } else if (thursday >= daysIn(year)) {
            thursday -= daysIn(year);
            year++;
        }
        return year << 8 | thursday / 7 + 1;
    }

    private static int daysIn(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;
    }

    private static int twelve(int hour) {
        return hour % 12 == 0 ? 12 : hour % 12;
    }

    private static void spaced(int value, ByteWriter out) {
        if (value < 10) {
            out.put(' ');
        }
        out.putDecimal(value);
    }
}
