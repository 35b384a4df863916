package io.tributary.aggregate;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Objects;

/** Event times from texts and dates, in milliseconds since the epoch. Immutable. */
final class EventTime implements Serializable {
    private static final long serialVersionUID = 1L;
    /** ISO 8601: a date, or date and time with {@code T} or a blank between them, with or without an offset. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    /** The years that ISO 8601 writes with four digits, which are also those that no sum with a window's length overflows. */
    private static final long MIN = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

    private static final long MAX = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final String pattern;
    private final ZoneId zone;
    private transient DateTimeFormatter formatter;

    /**
     * @param pattern as {@link DateTimeFormatter} has it; null for ISO 8601
     * @param zone of dates and of texts that name none
     * @throws IllegalArgumentException where the pattern is none
     */
    EventTime(String pattern, ZoneId zone) {
        this.pattern = pattern;
        this.zone = Objects.requireNonNull(zone, "zone");
        formatter();
    }

    /**
     * @param millis since the epoch
     * @return the same
     * @throws UncountableException where the time is in no year from 0 to 9999
     */
    static long inRange(long millis) throws UncountableException {
        if (millis < MIN || millis > MAX) {
            throw outOfRange();
        }
        return millis;
    }

    private static UncountableException outOfRange() {
        return new UncountableException("holds a time that is out of range: event times are of the years 0 to 9999;"
                + " correct the row, or choose another time");
    }

    /** @throws UncountableException where the text has another form, or the time is out of range */
    long ofText(String text) throws UncountableException {
        try {
            TemporalAccessor parsed = formatter()
                    .parseBest(text, OffsetDateTime::from, Instant::from, LocalDateTime::from, LocalDate::from);
            if (parsed instanceof OffsetDateTime) {
                return inRange(((OffsetDateTime) parsed).toInstant().toEpochMilli());
            }
            if (parsed instanceof Instant) {
                return inRange(((Instant) parsed).toEpochMilli());
            }
            if (parsed instanceof LocalDate) {
                return startOf((LocalDate) parsed);
            }
            return inRange(((LocalDateTime) parsed).atZone(zone).toInstant().toEpochMilli());
        } catch (DateTimeParseException e) {
            throw new UncountableException("holds a text that is no time of the form "
                    + (pattern == null ? "ISO 8601" : pattern) + ": set time.format");
        } catch (DateTimeException | ArithmeticException e) {
            throw outOfRange();
        }
    }

    /**
     * @param epochDay days since 1970-01-01
     * @return the start of the day in the zone
     * @throws UncountableException where the day is out of range
     */
    long ofDay(int epochDay) throws UncountableException {
        return startOf(LocalDate.ofEpochDay(epochDay));
    }

    private long startOf(LocalDate day) throws UncountableException {
        return inRange(day.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    private DateTimeFormatter formatter() {
        if (formatter == null) {
            formatter = pattern == null ? ISO : DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        }
        return formatter;
    }
}
