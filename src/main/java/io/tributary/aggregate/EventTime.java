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

    /** @throws UncountableException where the text has another form */
    long ofText(String text) throws UncountableException {
        try {
            TemporalAccessor parsed = formatter()
                    .parseBest(text, OffsetDateTime::from, Instant::from, LocalDateTime::from, LocalDate::from);
            if (parsed instanceof OffsetDateTime) {
                return ((OffsetDateTime) parsed).toInstant().toEpochMilli();
            }
            if (parsed instanceof Instant) {
                return ((Instant) parsed).toEpochMilli();
            }
            if (parsed instanceof LocalDate) {
                return ofDay(((LocalDate) parsed).toEpochDay());
            }
            return ((LocalDateTime) parsed).atZone(zone).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new UncountableException("holds a text that is no time of the form "
                    + (pattern == null ? "ISO 8601" : pattern) + ": set time.format");
        } catch (DateTimeException | ArithmeticException e) {
            throw new UncountableException("holds a time that is out of range");
        }
    }

    /** @return the start of the day in the zone */
    long ofDay(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private DateTimeFormatter formatter() {
        if (formatter == null) {
            formatter = pattern == null ? ISO : DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        }
        return formatter;
    }
}
