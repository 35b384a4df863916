package io.tributary.debezium;

import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.format.Encoded;
import io.tributary.format.UndecodableException;
import io.tributary.format.WireDecoder;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowSchema;
import io.tributary.row.UnsupportedSchemaException;
import io.tributary.source.RawRecord;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Finds the key of each event: in the message key, or in the row where the configuration, or a Kinesis partition key, names
 * the key's columns. Holds the key found last; not thread-safe.
 */
final class EventKeys {
    private final WireDecoder decoder;
    private final Function<String, List<String>> overrides;
    private final IdentityCache<Schema, MessageKey> messageKeys = new IdentityCache<>(MessageKey::of);
    private final IdentityCache<RowSchema, RowKey> rowKeys = new IdentityCache<>(RowKey::new);
    private final PartitionKey partitionKeys = new PartitionKey();
    private List<String> columns;
    private String text;
    private RowSchema schema;
    private Encoded encoded;

    EventKeys(WireDecoder decoder, Function<String, List<String>> overrides) {
        this.decoder = decoder;
        this.overrides = Objects.requireNonNull(overrides, "overrides");
    }

    /**
     * @param row null for a delete without a before-image
     * @throws RejectedException where there is no key, or a part of it is null
     */
    void read(RawRecord record, TableId table, RowImage row, byte[] bytes)
            throws UndecodableException, MalformedRowException, UnsupportedSchemaException, RejectedException {
        List<String> override = overrides.apply(table.fullName());
        if (override != null) {
            ofRow(table, row, bytes, override, "the configured key");
        } else if (record.sequenceNumber() == null) {
            ofMessage(record, table, row);
        } else {
            ofPartitionKey(record, table, row, bytes);
        }
        if (text == null) {
            throw noKey(table, "a column of the key " + columns + " is null");
        }
    }

    private void ofMessage(RawRecord record, TableId table, RowImage row)
            throws UndecodableException, MalformedRowException, RejectedException {
        if (record.key() == null) {
            throw noKey(table, "the message has no key");
        }
        encoded = decoder.key(record);
        MessageKey key = messageKeys.get(encoded.schema());
        if (key.refusal() != null) {
            throw noKey(table, key.refusal());
        }
        schema = key.schema();
        columns = schema.keyColumns();
        for (int i = 0; row != null && i < columns.size(); i++) {
            if (!row.hasColumn(columns.get(i))) {
                throw noKey(table, "the row has no column " + columns.get(i) + ", which the message key has");
            }
        }
        text = key.read(encoded);
    }

    private void ofPartitionKey(RawRecord record, TableId table, RowImage row, byte[] bytes)
            throws MalformedRowException, UnsupportedSchemaException, RejectedException {
        List<String> names = partitionKeys.columns(record.key());
        if (names == null) {
            throw noKey(table, "the partition key is not the message key as JSON, as Debezium Server sends it");
        }
        ofRow(table, row, bytes, names, "the partition key");
    }

    private void ofRow(TableId table, RowImage row, byte[] bytes, List<String> names, String origin)
            throws MalformedRowException, UnsupportedSchemaException, RejectedException {
        columns = names;
        if (row == null) {
            throw noKey(table, "the delete has no before-image to read " + origin + " " + names + " from");
        }
        for (String column : names) {
            if (!row.hasColumn(column)) {
                throw noKey(table, "the row has no column " + column + " of " + origin + " " + names);
            }
        }
        text = rowKeys.get(row.schema(names)).read(row, bytes);
    }

    private static RejectedException noKey(TableId table, String why) {
        return new RejectedException(
                Stage.DEBEZIUM,
                Reason.NO_KEY,
                why + "; set Table." + table + ".key to columns that identify a row and that deletes carry too");
    }

    /** @return names of the key's columns */
    List<String> columns() {
        return columns;
    }

    /** @return the key as text, never null */
    String text() {
        return text;
    }

    /** @return the schema of {@link #encoded()}; of the message key, never of a configured one */
    RowSchema schema() {
        return schema;
    }

    /** @return the bytes of the message key */
    Encoded encoded() {
        return encoded;
    }
}
