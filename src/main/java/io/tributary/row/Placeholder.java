package io.tributary.row;

import java.nio.charset.StandardCharsets;

/**
 * What Debezium's PostgreSQL connector puts in place of an unchanged TOASTed value (its
 * {@code unavailable.value.placeholder}): the text, its bytes, an array of that one text or of those bytes as numbers,
 * or a map from the text to itself. See
 * https://debezium.io/documentation/reference/2.7/connectors/postgresql.html#postgresql-toasted-values
 */
final class Placeholder {
    static final String TEXT = "__debezium_unavailable_value";
    /** The form of an hstore column that is sent as a map. */
    static final String JSON_MAP = "{\"" + TEXT + "\":\"" + TEXT + "\"}";

    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);

    private Placeholder() {}

    /** @return whether an array of numbers may be the placeholder, by its length */
    static boolean mayBe(int items) {
        return items == BYTES.length;
    }

    /** @return whether the item at {@code index} is the one that the placeholder has there */
    static boolean isItem(int index, long item) {
        return index < BYTES.length && BYTES[index] == item;
    }
}
