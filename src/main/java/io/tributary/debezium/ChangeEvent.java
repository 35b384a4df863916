package io.tributary.debezium;

import io.tributary.row.RowSchema;
import io.tributary.source.RawRecord;
import io.tributary.types.ImmutableTypeInfo;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * One change of one row (or a truncate of a table): what the envelope and the flattened form have in common. The row
 * stays as the bytes it came in; {@link io.tributary.row.RowReader} reads it. Immutable.
 */
public final class ChangeEvent {
    public static final TypeInformation<ChangeEvent> TYPE =
            new ImmutableTypeInfo<>(ChangeEvent.class, new ChangeEventSerializer());

    private final TableId table;
    private final Op op;
    private final String key;
    private final String position;
    private final long sourceTsMs;
    private final boolean complete;
    private final RowSchema schema;
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final RawRecord record;

    /**
     * @param key the row's key as text, in Hudi's form ({@code 7}, or {@code a:1,b:2} for several columns); null for a
     *     truncate
     * @param position {@code __source_position}: sorts as text in the order of the changes, see the class SourcePosition
     * @param sourceTsMs the source's {@code ts_ms}, milliseconds since the epoch
     * @param complete whether the row's bytes hold every column's current value; false for deletes, whose
     *     before-image may hold the key only, and for rows with unavailable (TOASTed) columns
     * @param schema of the row's bytes; for a delete without a before-image the schema of the key; null for a truncate
     * @param bytes hold the row from {@code offset} on, {@code length} bytes; null for a truncate
     * @param record where the event came from
     */
    public ChangeEvent(
            TableId table,
            Op op,
            String key,
            String position,
            long sourceTsMs,
            boolean complete,
            RowSchema schema,
            byte[] bytes,
            int offset,
            int length,
            RawRecord record) {
        this.table = Objects.requireNonNull(table, "table");
        this.op = Objects.requireNonNull(op, "op");
        this.key = key;
        this.position = Objects.requireNonNull(position, "position");
        this.sourceTsMs = sourceTsMs;
        this.complete = complete;
        this.schema = schema;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.record = Objects.requireNonNull(record, "record");
    }

    public TableId table() {
        return table;
    }

    public Op op() {
        return op;
    }

    /** @return the key as text; null for a truncate */
    public String key() {
        return key;
    }

    public String position() {
        return position;
    }

    public long sourceTsMs() {
        return sourceTsMs;
    }

    /** @return whether the row holds every column's current value */
    public boolean complete() {
        return complete;
    }

    /** @return the schema of the row's bytes; null for a truncate */
    public RowSchema schema() {
        return schema;
    }

    /** @return the array that holds the row's bytes; null for a truncate */
    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** @return the message that carried the event */
    public RawRecord record() {
        return record;
    }

    @Override
    public String toString() {
        return op.code() + " " + table + " " + position + " from " + record;
    }
}
