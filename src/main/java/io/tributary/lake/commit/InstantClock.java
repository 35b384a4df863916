package io.tributary.lake.commit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Hudi instants, {@code yyyyMMddHHmmssSSS} in UTC, each later than the one before even where the clock goes back. */
final class InstantClock {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("yyyyMMddHHmmss")
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private final Clock clock;

    InstantClock(Clock clock) {
        this.clock = clock;
    }

    /** @param last the newest instant of the table's timeline; null for none */
    String next(String last) {
        String now = FORMAT.format(clock.instant());
        return last == null || now.compareTo(last) > 0
                ? now
                : FORMAT.format(parse(last).plusMillis(1));
    }

    static Instant parse(String instant) {
        String millis = instant.length() >= 17 ? instant.substring(0, 17) : instant + "000";
        return FORMAT.parse(millis, Instant::from);
    }
}
