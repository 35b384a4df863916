package io.tributary.lake.write;

import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.WriteCounts;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Rows of tables that cannot be written for now, as bytes for the operator's state: for each bucket the number of its
 * events, replaced ones included; then the schemas and the rows, as the messages that they came in.
 */
final class HeldRows {
    private static final int VERSION = 2;
    /** The schemas' numbers are those of no router. */
    private static final int ROUTER = 0;

    private static final LakeMessage.Serializer MESSAGES = new LakeMessage.Serializer();

    private final TableLayout layout;
    private final IntPredicate mine;
    private final Function<TableId, TableBuffer> buffers;

    /**
     * @param layout which the rows are put into: the table may have been given other buckets meanwhile
     * @param mine whether rows of a route are to be taken up
     * @param buffers that take them up
     */
    HeldRows(TableLayout layout, IntPredicate mine, Function<TableId, TableBuffer> buffers) {
        this.layout = layout;
        this.mine = mine;
        this.buffers = buffers;
    }

    static byte[] toBytes(Collection<TableBuffer> buffers) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(4096);
        out.writeByte(VERSION);
        out.writeInt(
                buffers.stream().mapToInt(buffer -> buffer.buckets().size()).sum());
        for (TableBuffer buffer : buffers) {
            for (Map.Entry<Integer, TableBuffer.BucketBuffer> bucket :
                    buffer.buckets().entrySet()) {
                LakeMessage.Serializer.writeTable(buffer.table(), out);
                out.writeInt(bucket.getKey());
                bucket.getValue().counts().write(out);
            }
        }
        Map<RowSchemaRef, Integer> numbers = new IdentityHashMap<>();
        for (TableBuffer buffer : buffers) {
            for (TableBuffer.BucketBuffer bucket : buffer.buckets().values()) {
                for (KeyRows rows : bucket.rows().values()) {
                    write(rows.newest(), numbers, out);
                    for (KeyRows.Buffered other : rows.others()) {
                        write(other, numbers, out);
                    }
                }
                if (bucket.truncate() != null) {
                    MESSAGES.serialize(bucket.truncate(), out);
                }
            }
        }
        return out.getCopyOfBuffer();
    }

    /** Numbers the schemas anew: rows that were held before carry those of an attempt that is over. */
    private static void write(KeyRows.Buffered row, Map<RowSchemaRef, Integer> numbers, DataOutputSerializer out)
            throws IOException {
        Integer number = numbers.get(row.schema());
        if (number == null) {
            number = numbers.size();
            numbers.put(row.schema(), number);
            MESSAGES.serialize(
                    new LakeMessage.SchemaMessage(
                            row.row().route(),
                            ROUTER,
                            number,
                            row.schema().table(),
                            row.schema().rows()),
                    out);
        }
        MESSAGES.serialize(row.row().withSchema(ROUTER, number), out);
    }

    /**
     * Takes up what is held, as far as it is this writer's.
     *
     * @return by how many bytes of heap the buffers have grown
     */
    long restore(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("the state holds rows of version " + version + ", this job knows version " + VERSION
                    + ": restore it with the version that wrote it");
        }
        for (int n = in.readInt(); n > 0; n--) {
            restoreCounts(LakeMessage.Serializer.readTable(in), in.readInt(), WriteCounts.read(in));
        }
        Map<Integer, RowSchemaRef> schemas = new HashMap<>();
        long grown = 0;
        while (in.available() > 0) {
            LakeMessage message = MESSAGES.deserialize(in);
            if (message instanceof LakeMessage.SchemaMessage) {
                LakeMessage.SchemaMessage schema = (LakeMessage.SchemaMessage) message;
                schemas.put(schema.number(), new RowSchemaRef(schema.table(), schema.schema()));
            } else if (message instanceof LakeRow) {
                LakeRow row = (LakeRow) message;
                grown += restoreRow(row, schemas.get(row.schemaNumber()));
            } else {
                restoreTruncate((LakeMessage.TruncateMessage) message);
            }
        }
        return grown;
    }

    /** A bucket that there is no more is counted with one that there is: the table's sum is what counts. */
    private void restoreCounts(TableId table, int bucket, WriteCounts counts) {
        int now = bucket % layout.buckets(table.fullName());
        if (mine.test(BucketPartitioner.route(table.fullName(), now))) {
            buffers.apply(table).count(now, counts);
        }
    }

    private long restoreRow(LakeRow row, RowSchemaRef schema) {
        String table = schema.table().fullName();
        int bucket = layout.bucket(table, row.key());
        int route = BucketPartitioner.route(table, bucket);
        return mine.test(route) ? buffers.apply(schema.table()).addCounted(row.inBucket(route, bucket), schema) : 0;
    }

    /** In every bucket, whichever the rows are in now: where it has been applied it changes nothing. */
    private void restoreTruncate(LakeMessage.TruncateMessage truncate) {
        String table = truncate.table().fullName();
        for (int bucket = 0; bucket < layout.buckets(table); bucket++) {
            int route = BucketPartitioner.route(table, bucket);
            if (mine.test(route)) {
                buffers.apply(truncate.table())
                        .truncateCounted(new LakeMessage.TruncateMessage(
                                route, truncate.table(), bucket, truncate.position(), truncate.sourceTsMs()));
            }
        }
    }
}
