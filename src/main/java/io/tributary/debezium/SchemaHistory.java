package io.tributary.debezium;

import java.nio.charset.StandardCharsets;

/**
 * Recognises the records of Debezium's schema history topic, which are JSON text whatever the converters are
 * (https://debezium.io/documentation/reference/2.7/connectors/mysql.html#mysql-schema-history-topic). They are the
 * connector's own notes.
 */
final class SchemaHistory {
    private static final byte[] SOURCE = "\"source\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POSITION = "\"position\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DDL = "\"ddl\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TABLE_CHANGES = "\"tableChanges\"".getBytes(StandardCharsets.US_ASCII);

    private SchemaHistory() {}

    static boolean is(byte[] value) {
        if (value.length < 2 || value[0] != '{' || !endsWithBrace(value)) {
            return false;
        }
        return (contains(value, DDL) || contains(value, TABLE_CHANGES))
                && (contains(value, POSITION) || contains(value, SOURCE));
    }

    private static boolean endsWithBrace(byte[] value) {
        int last = value.length - 1;
        while (last > 0 && Character.isWhitespace(value[last])) {
            last--;
        }
        return value[last] == '}';
    }

    private static boolean contains(byte[] value, byte[] wanted) {
        for (int start = 0; start <= value.length - wanted.length; start++) {
            int matched = 0;
            while (matched < wanted.length && value[start + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
