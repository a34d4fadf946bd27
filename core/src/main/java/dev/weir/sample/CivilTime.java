package dev.weir.sample;

/**
 * Seconds since 1970 taken apart into a date and a time of day, without allocation. Mutable and reused; one thread. The
 * calendar is Gregorian throughout.
 */
public final class CivilTime {
    public long year;
    /** From 1. */
    public int month;
    /** From 1. */
    public int day;

    public int hour, minute, second;
    /** From 0 for Sunday. */
    public int weekDay;
    /** From 0. */
    public int yearDay;
    /** Seconds east of Greenwich. */
    public int offsetSeconds;

    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    /** Takes a moment apart as a place with that offset shows it. */
    public CivilTime set(long epochSeconds, int offsetSeconds) {
        long local = epochSeconds + offsetSeconds;
        long days = Math.floorDiv(local, 86_400L);
        int rest = (int) Math.floorMod(local, 86_400L);
        this.offsetSeconds = offsetSeconds;
        hour = rest / 3600;
        minute = rest / 60 % 60;
        second = rest % 60;
        weekDay = (int) Math.floorMod(days + 4, 7L);
        date(days);
        yearDay = DAYS_BEFORE_MONTH[month - 1] + day - 1 + (month > 2 && isLeap() ? 1 : 0);
        return this;
    }

    /** The way back, for a date of midnight in Greenwich. */
    static long daysSince1970(int year, int month, int day) {
        long shiftedYear = month <= 2 ? year - 1L : year;
        int shiftedMonth = month > 2 ? month - 3 : month + 9;
        long era = Math.floorDiv(shiftedYear, 400L);
        int yearOfEra = (int) Math.floorMod(shiftedYear, 400L);
        int dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    public boolean isLeap() {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Years are counted from March, so that the leap day is the last one. */
    private void date(long daysSince1970) {
        long shifted = daysSince1970 + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) Math.floorMod(shifted, 146_097L);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    }
}
