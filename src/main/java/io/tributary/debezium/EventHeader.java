package io.tributary.debezium;

import java.util.Arrays;

/**
 * What one event says about itself: operation, table, place in the source's log. Filled anew for each record by the
 * {@link HeaderField}s of its schema; one per reader, not thread-safe.
 */
final class EventHeader {
    /** A number that the event does not carry. */
    static final long ABSENT = Long.MIN_VALUE;

    private final String[] texts = new String[MetaField.values().length];
    private final long[] numbers = new long[MetaField.values().length];
    /** Worked out once an event, though it is asked for more than once. */
    private String mysqlPlace;

    EventHeader() {
        clear();
    }

    void clear() {
        Arrays.fill(texts, null);
        Arrays.fill(numbers, ABSENT);
        mysqlPlace = null;
    }

    void set(MetaField field, String text) {
        texts[field.ordinal()] = text;
        mysqlPlace = null;
    }

    void set(MetaField field, long number) {
        numbers[field.ordinal()] = number;
        mysqlPlace = null;
    }

    /** @return the text, or null where the event does not carry it */
    String text(MetaField field) {
        return texts[field.ordinal()];
    }

    /** @return the number, or {@link #ABSENT} */
    long number(MetaField field) {
        return numbers[field.ordinal()];
    }

    boolean has(MetaField field) {
        return numbers[field.ordinal()] != ABSENT;
    }

    /** @return the {@link LogPosition} of an event of MySQL or MariaDB; null where it is of another source */
    String mysqlPlace() {
        if (mysqlPlace == null && text(MetaField.FILE) != null && has(MetaField.POS)) {
            mysqlPlace = LogPosition.mysql(text(MetaField.FILE), number(MetaField.POS), number(MetaField.ROW));
        }
        return mysqlPlace;
    }
}
