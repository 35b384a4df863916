package io.tributary.row;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Dates and times, by the semantic types of Debezium
 * (https://debezium.io/documentation/reference/2.7/connectors/mysql.html#mysql-temporal-types), Kafka Connect and Avro.
 *
 * <p>Times of day become text: MySQL's may be negative or beyond 24 hours, and not every engine reads a time column.
 * Nanosecond timestamps become text too, as no lake type holds them; both have a fixed number of digits for their unit.
 */
final class TemporalTypes {
    private static final String DEBEZIUM = "io.debezium.time.";
    private static final String CONNECT = "org.apache.kafka.connect.data.";

    private TemporalTypes() {}

    static ColumnPlan ofInt(String semantic) {
        switch (semantic) {
            case DEBEZIUM + "Date":
            case CONNECT + "Date":
            case "date":
                return new ColumnPlan(ColumnType.DATE, AvroInput::readInt);
            case DEBEZIUM + "Time":
            case CONNECT + "Time":
            case "time-millis":
                return new ColumnPlan(ColumnType.STRING, in -> TimeText.timeOfDay(in.readInt(), 3));
            default:
                return new ColumnPlan(ColumnType.INT, AvroInput::readInt);
        }
    }

    static ColumnPlan ofLong(String semantic) {
        switch (semantic) {
            case DEBEZIUM + "Timestamp":
            case CONNECT + "Timestamp":
            case "timestamp-millis":
            case "local-timestamp-millis":
                return new ColumnPlan(ColumnType.TIMESTAMP, in -> millis(in.readLong()));
            case DEBEZIUM + "MicroTimestamp":
            case "timestamp-micros":
            case "local-timestamp-micros":
                return new ColumnPlan(ColumnType.TIMESTAMP, AvroInput::readLong);
            case DEBEZIUM + "NanoTimestamp":
            case "timestamp-nanos":
            case "local-timestamp-nanos":
                return new ColumnPlan(ColumnType.STRING, in -> TimeText.nanoTimestamp(in.readLong()));
            case DEBEZIUM + "Time":
                return new ColumnPlan(ColumnType.STRING, in -> TimeText.timeOfDay(in.readLong(), 3));
            case DEBEZIUM + "MicroTime":
            case "time-micros":
                return new ColumnPlan(ColumnType.STRING, in -> TimeText.timeOfDay(in.readLong(), 6));
            case DEBEZIUM + "NanoTime":
                return new ColumnPlan(ColumnType.STRING, in -> TimeText.timeOfDay(in.readLong(), 9));
            default:
                return new ColumnPlan(ColumnType.LONG, AvroInput::readLong);
        }
    }

    static ColumnPlan ofString(String semantic) {
        if (semantic.equals(DEBEZIUM + "ZonedTimestamp")) {
            return new ColumnPlan(
                    ColumnType.TIMESTAMP, in -> in.skipPlaceholder() ? Values.UNAVAILABLE : instant(in.readString()));
        }
        return new ColumnPlan(ColumnType.STRING, in -> in.skipPlaceholder() ? Values.UNAVAILABLE : in.readString());
    }

    private static Object millis(long millis) {
        long micros = millis * 1000;
        return micros / 1000 == millis
                ? (Object) micros
                : new Values.Rescued(Instant.ofEpochMilli(millis).toString());
    }

    /** @return microseconds, or the text itself where it is no instant of whole microseconds */
    private static Object instant(String text) {
        Long infinity = Infinity.micros(text);
        if (infinity != null) {
            return infinity;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getNano() % 1000 == 0) {
                return Math.addExact(Math.multiplyExact(time.toEpochSecond(), 1_000_000L), time.getNano() / 1000);
            }
        } catch (DateTimeException | ArithmeticException e) {
            // kept as text below
        }
        return new Values.Rescued(text);
    }
}
