package io.tributary.local.query;

import io.tributary.local.cli.UsageException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;

/** Turns what a user writes for a point in time into an instant of Hudi's timeline. */
final class InstantText {
    private static final Pattern MILLIS = Pattern.compile("\\d{17}");
    private static final Pattern SECONDS = Pattern.compile("\\d{14}");
    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .appendPattern("yyyyMMddHHmmss")
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .toFormatter();

    private InstantText() {}

    /**
     * @param text an instant of 17 or 14 digits, or an ISO time; without an offset it is UTC
     * @param timeline the zone in which the table's timeline counts
     * @throws UsageException where it is neither
     */
    static String parse(String text, ZoneId timeline) {
        if (MILLIS.matcher(text).matches()) {
            return text;
        }
        if (SECONDS.matcher(text).matches()) {
            return text + "999";
        }
        return INSTANT.format(LocalDateTime.ofInstant(iso(text), timeline));
    }

    /** @return the time of an instant of Hudi's timeline, in UTC; null where the text is no such instant */
    static LocalDateTime time(String instant, ZoneId timeline) {
        if (!MILLIS.matcher(instant).matches()) {
            return null;
        }
        return LocalDateTime.parse(instant, INSTANT)
                .atZone(timeline)
                .withZoneSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
    }

    private static Instant iso(String text) {
        String time = text.trim().replace(' ', 'T');
        try {
            if (time.length() == "yyyy-MM-dd".length()) {
                return LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean hasOffset = time.endsWith("Z") || time.matches(".*T.*[+-]\\d\\d(:?\\d\\d)?");
            return hasOffset
                    ? OffsetDateTime.parse(time).toInstant()
                    : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new UsageException("Not a point in time: " + text
                    + ". Write a Hudi instant (yyyyMMddHHmmssSSS, see --meta, column _hoodie_commit_time) or an ISO time"
                    + " such as 2026-01-31T12:00:00Z");
        }
    }
}
