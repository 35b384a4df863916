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
    private static final LakeMessage.Serializer MESSAGES = new LakeMessage.Serializer();

    private HeldRows() {}

    static byte[] toBytes(Collection<TableBuffer> buffers) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(4096);
        out.writeByte(VERSION);
        Map<RowSchemaRef, Boolean> written = new IdentityHashMap<>();
        for (TableBuffer buffer : buffers) {
            for (TableBuffer.BucketBuffer bucket : buffer.buckets().values()) {
                for (KeyRows rows : bucket.rows().values()) {
                    write(rows.newest(), written, out);
                    for (KeyRows.Buffered other : rows.others()) {
                        write(other, written, out);
                    }
                }
                if (bucket.truncate() != null) {
                    MESSAGES.serialize(bucket.truncate(), out);
                }
            }
        }
        return out.getCopyOfBuffer();
    }

    private static void write(KeyRows.Buffered row, Map<RowSchemaRef, Boolean> written, DataOutputSerializer out)
            throws IOException {
        if (written.put(row.schema(), Boolean.TRUE) == null) {
            MESSAGES.serialize(
                    new LakeMessage.SchemaMessage(
                            row.row().route(),
                            row.row().router(),
                            row.row().schemaNumber(),
                            row.schema().table(),
                            row.schema().rows()),
                    out);
        }
        MESSAGES.serialize(row.row(), out);
    }

    /** @return the messages, a schema before the rows that need it; all routers and numbers are those of one attempt */
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
