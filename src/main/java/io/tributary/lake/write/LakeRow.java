package io.tributary.lake.write;

import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.source.RawRecord;
import io.tributary.types.Binary;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One change of one row on its way to the lake; the row itself is still the bytes that the source sent. Immutable. */
public final class LakeRow extends LakeMessage {
    private static final int COMPLETE = 0x80;
    private static final int RECORDED = 0x40;
    private static final RawRecord.Serializer RECORDS = new RawRecord.Serializer();
    /** What a row costs in the heap besides its bytes: objects, two texts' headers, an entry of a map. */
    private static final int OVERHEAD = 200;

    private final int router;
    private final int schemaNumber;
    private final int bucket;
    private final Op op;
    private final boolean complete;
    private final String key;
    private final String position;
    private final long sourceTsMs;
    private final byte[] bytes;
    private final RawRecord record;

    private LakeRow(
            int route,
            int router,
            int schemaNumber,
            int bucket,
            Op op,
            boolean complete,
            String key,
            String position,
            long sourceTsMs,
            byte[] bytes,
            RawRecord record) {
        super(route);
        this.router = router;
        this.schemaNumber = schemaNumber;
        this.bucket = bucket;
        this.op = op;
        this.complete = complete;
        this.key = key;
        this.position = position;
        this.sourceTsMs = sourceTsMs;
        this.bytes = bytes;
        this.record = record;
    }

    /**
     * @param router the subtask that has announced the schema under {@code schemaNumber}
     * @param withRecord whether the message that carried the event comes along, to become a dead letter if need be
     */
    static LakeRow of(ChangeEvent event, int route, int router, int schemaNumber, int bucket, boolean withRecord) {
        return new LakeRow(
                route,
                router,
                schemaNumber,
                bucket,
                event.op(),
                event.complete() || event.op() == Op.CREATE,
                event.key(),
                event.position(),
                event.sourceTsMs(),
                Arrays.copyOfRange(event.bytes(), event.offset(), event.offset() + event.length()),
                withRecord ? event.record() : null);
    }

    /** @return the row under another number of its schema */
    LakeRow withSchema(int router, int schemaNumber) {
        return new LakeRow(
                route(), router, schemaNumber, bucket, op, complete, key, position, sourceTsMs, bytes, record);
    }

    /** @return the row in another bucket: the table has been given another number of them */
    LakeRow inBucket(int route, int bucket) {
        return new LakeRow(route, router, schemaNumber, bucket, op, complete, key, position, sourceTsMs, bytes, record);
    }

    int router() {
        return router;
    }

    int schemaNumber() {
        return schemaNumber;
    }

    int bucket() {
        return bucket;
    }

    Op op() {
        return op;
    }

    /**
     * @return whether nothing older adds to the row: it holds every column's current value, or it is a new row. A row
     *     that is new under its key and comes without a value (PostgreSQL, a key that was changed beside an unchanged TOAST
     *     column) has none: what is stored under that key is another row's
     */
    boolean complete() {
        return complete;
    }

    String key() {
        return key;
    }

    String position() {
        return position;
    }

    long sourceTsMs() {
        return sourceTsMs;
    }

    byte[] bytes() {
        return bytes;
    }

    /** @return the message that carried the row; null where it did not come along */
    RawRecord record() {
        return record;
    }

    /** @return about how many bytes of heap the row takes, without its {@link #record()} */
    int heapBytes() {
        return bytes.length + key.length() + position.length() + OVERHEAD;
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(router);
        out.writeInt(schemaNumber);
        out.writeInt(bucket);
        out.writeByte(op.ordinal() | (complete ? COMPLETE : 0) | (record != null ? RECORDED : 0));
        Binary.writeText(key, out);
        Binary.writeText(position, out);
        out.writeLong(sourceTsMs);
        Binary.writeBytes(bytes, out);
        if (record != null) {
            RECORDS.serialize(record, out);
        }
    }

    static LakeRow read(int route, DataInputView in, Op[] ops) throws IOException {
        int router = in.readInt();
        int schemaNumber = in.readInt();
        int bucket = in.readInt();
        int flags = in.readUnsignedByte();
        return new LakeRow(
                route,
                router,
                schemaNumber,
                bucket,
                ops[flags & ~(COMPLETE | RECORDED)],
                (flags & COMPLETE) != 0,
                Binary.readText(in),
                Binary.readText(in),
                in.readLong(),
                Binary.readBytes(in),
                (flags & RECORDED) != 0 ? RECORDS.deserialize(in) : null);
    }
}
