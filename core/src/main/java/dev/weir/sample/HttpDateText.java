package dev.weir.sample;

/**
 * Reads the dates that HTTP has had (RFC 9110 section 5.6.7), as HAProxy does: {@code Sun, 06 Nov 1994 08:49:37 GMT}, {@code
 * Sunday, 06-Nov-94 08:49:37 GMT}, {@code Sun Nov  6 08:49:37 1994}. The day of the week need not be the right one, nor is the
 * number of a month's days known: what is too much goes on in the next month. Stateless; allocates nothing.
 */
public final class HttpDateText {
    /** No date: years before 1970 have numbers below zero, but not that one. */
    public static final long NONE = Long.MIN_VALUE;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    private static final String ZONE = " GMT";
    private static final int NAME_LENGTH = 3;
    private static final int FIRST_YEAR_OF_TWO_DIGITS = 70;

    private HttpDateText() {}

    /** @return seconds since 1970, or {@link #NONE}; what follows a date does not matter */
    public static long read(Sample text) {
        int day = dayLength(text);
        if (day == NAME_LENGTH && isAt(text, day, " ")) {
            return readOld(text, day + 1);
        }
        return day > 0 && isAt(text, day, ", ") ? readDate(text, day + 2, day > NAME_LENGTH) : NONE;
    }

    /** Length of the name of a day that stands there, in full if it does; 0 for none. */
    private static int dayLength(Sample text) {
        for (String day : DAYS) {
            if (isAt(text, 0, day)) {
                return day.length();
            }
            if (isAt(text, 0, day, NAME_LENGTH)) {
                return NAME_LENGTH;
            }
        }
        return 0;
    }

    /** {@code 06 Nov 1994 08:49:37 GMT}, or with hyphens and perhaps a year of two digits. */
    private static long readDate(Sample text, int at, boolean isHyphenated) {
        String divider = isHyphenated ? "-" : " ";
        int day = number(text, at, 2);
        int month = month(text, at + 3);
        int year = number(text, at + 7, 4);
        int time = at + 12;
        if (year < 0 && isHyphenated) {
            int short2 = number(text, at + 7, 2);
            year = short2 < 0 ? -1 : short2 + (short2 < FIRST_YEAR_OF_TWO_DIGITS ? 2000 : 1900);
            time = at + 10;
        }
        boolean isDivided = isAt(text, at + 2, divider) && isAt(text, at + 6, divider) && isAt(text, time - 1, " ");
        return isDivided && isAt(text, time + 8, ZONE) ? seconds(year, month, day, time(text, time)) : NONE;
    }

    /** {@code Nov  6 08:49:37 1994}. */
    private static long readOld(Sample text, int at) {
        int day = isAt(text, at + 4, " ") ? number(text, at + 5, 1) : number(text, at + 4, 2);
        boolean isDivided = isAt(text, at + 3, " ") && isAt(text, at + 6, " ") && isAt(text, at + 15, " ");
        return isDivided ? seconds(number(text, at + 16, 4), month(text, at), day, time(text, at + 7)) : NONE;
    }

    /** @return seconds of {@code 08:49:37}, or -1 */
    private static int time(Sample text, int at) {
        int hour = number(text, at, 2);
        int minute = number(text, at + 3, 2);
        int second = number(text, at + 6, 2);
        boolean isTime = hour >= 0 && minute >= 0 && second >= 0 && isAt(text, at + 2, ":") && isAt(text, at + 5, ":");
        return isTime ? hour * 3600 + minute * 60 + second : -1;
    }

    private static int month(Sample text, int at) {
        for (int month = 0; month < 12; month++) {
            if (isAt(text, at, MONTHS, month * NAME_LENGTH, NAME_LENGTH)) {
                return month + 1;
            }
        }
        return -1;
    }

    private static long seconds(int year, int month, int day, int time) {
        boolean isDate = year >= 0 && month > 0 && day > 0 && time >= 0;
        return isDate ? CivilTime.daysSince1970(year, month, day) * 86_400L + time : NONE;
    }

    private static int number(Sample text, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = i < text.length() ? text.byteAt(i) - '0' : -1;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static boolean isAt(Sample text, int at, String word) {
        return isAt(text, at, word, word.length());
    }

    private static boolean isAt(Sample text, int at, String word, int length) {
        return isAt(text, at, word, 0, length);
    }

    private static boolean isAt(Sample text, int at, String word, int from, int length) {
        if (at + length > text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.byteAt(at + i) != word.charAt(from + i)) {
                return false;
            }
        }
        return true;
    }
}
