package io.tributary.row;

/**
 * PostgreSQL's timestamps {@code infinity} and {@code -infinity} as values of a TIMESTAMP column: the numbers by which
 * Debezium sends them in a {@code MicroTimestamp} (those of PostgreSQL's JDBC driver). They sort after and before every
 * real timestamp; readers that print values show the words.
 */
public final class Infinity {
    public static final long POSITIVE_MICROS = 9_223_372_036_825_200_000L;
    public static final long NEGATIVE_MICROS = -9_223_372_036_832_400_000L;

    private static final String POSITIVE = "infinity";
    private static final String NEGATIVE = "-infinity";

    private Infinity() {}

    /** @return {@code infinity} or {@code -infinity}, or null where the timestamp is neither */
    public static String text(long micros) {
        return micros == POSITIVE_MICROS ? POSITIVE : micros == NEGATIVE_MICROS ? NEGATIVE : null;
    }

    /** @return the timestamp in microseconds, or null where the text is neither of the words */
    public static Long micros(String text) {
        if (text.equals(POSITIVE)) {
            return POSITIVE_MICROS;
        }
        return text.equals(NEGATIVE) ? NEGATIVE_MICROS : null;
    }
}
