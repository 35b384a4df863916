package io.tributary.row;

import java.time.LocalDate;

/** Dates and times as text with a fixed number of digits, so that equal values have equal text. */
public final class TimeText {
    private static final long[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };
    private static final long DAY_SECONDS = 86_400;

    private TimeText() {}

    /**
     * @param units of 10^-digits seconds since midnight; may be negative or beyond a day
     * @return {@code [-]HH:mm:ss.fraction}; three or more digits of hours where there are as many
     */
    static String timeOfDay(long units, int digits) {
        StringBuilder text = new StringBuilder(20);
        long perSecond = POWERS[digits];
        long seconds = Math.abs(units / perSecond);
        if (units < 0) {
            text.append('-');
        }
        appendClock(text, seconds);
        return fraction(text, Math.abs(units % perSecond), digits);
    }

    /** @return {@code yyyy-MM-dd HH:mm:ss.nnnnnnnnn} */
    static String nanoTimestamp(long nanos) {
        return timestamp(nanos, 9, ' ').toString();
    }

    /** @return {@code yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}, the ISO text of an instant */
    public static String microInstant(long micros) {
        return timestamp(micros, 6, 'T').append('Z').toString();
    }

    /** @return the ISO text of a date, whose year may have more than four digits and a sign */
    public static String date(int days) {
        return LocalDate.ofEpochDay(days).toString();
    }

    private static StringBuilder timestamp(long units, int digits, char between) {
        long seconds = Math.floorDiv(units, POWERS[digits]);
        StringBuilder text = new StringBuilder(32);
        text.append(LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY_SECONDS))).append(between);
        appendClock(text, Math.floorMod(seconds, DAY_SECONDS));
        fraction(text, Math.floorMod(units, POWERS[digits]), digits);
        return text;
    }

    private static void appendClock(StringBuilder text, long seconds) {
        pad(text, seconds / 3600, 2).append(':');
        pad(text, seconds / 60 % 60, 2).append(':');
        pad(text, seconds % 60, 2);
    }

    private static String fraction(StringBuilder text, long units, int digits) {
        return pad(text.append('.'), units, digits).toString();
    }

    private static StringBuilder pad(StringBuilder text, long number, int width) {
        for (int digits = width - 1; digits > 0 && number < POWERS[digits]; digits--) {
            text.append('0');
        }
        return text.append(number);
    }
}
