package io.tributary.lake.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Rows of tables that cannot be written for now, as bytes for the operator's state: the schemas, then the rows, as the
 * messages that they came in.
 */
final class HeldRows {
    private static final int VERSION = 1;
    /** The schemas' numbers are those of no router. */
    private static final int ROUTER = 0;

    private static final LakeMessage.Serializer MESSAGES = new LakeMessage.Serializer();

    private HeldRows() {}

    static byte[] toBytes(Collection<TableBuffer> buffers) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(4096);
        out.writeByte(VERSION);
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

    /** @return the messages, a schema before the rows that need it, each with a number of its own */
    static List<LakeMessage> fromBytes(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("the state holds rows of version " + version + ", this job knows version " + VERSION
                    + ": restore it with the version that wrote it");
        }
        List<LakeMessage> messages = new ArrayList<>();
        while (in.available() > 0) {
            messages.add(MESSAGES.deserialize(in));
        }
        return messages;
    }
}
