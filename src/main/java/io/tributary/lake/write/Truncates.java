package io.tributary.lake.write;

import io.tributary.lake.write.LakeMessage.TruncateMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The newest truncate of each table, kept for good: the partitions of a topic are not read in step, so rows of before a
 * truncate may come long after it was applied to the stored ones. Not thread-safe.
 */
final class Truncates {
    private static final int VERSION = 1;
    private static final LakeMessage.Serializer MESSAGES = new LakeMessage.Serializer();

    private final Map<String, TruncateMessage> newest = new HashMap<>();

    void add(TruncateMessage truncate) {
        newest.merge(
                truncate.table().fullName(),
                truncate,
                (known, added) -> known.position().compareTo(added.position()) < 0 ? added : known);
    }

    /** @return the newest truncate of a table, by its full name; null for none */
    TruncateMessage of(String table) {
        return newest.get(table);
    }

    boolean isEmpty() {
        return newest.isEmpty();
    }

    /** @return the form in which they are kept in state; begins with a version */
    byte[] toBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeByte(VERSION);
        for (TruncateMessage truncate : newest.values()) {
            MESSAGES.serialize(truncate, out);
        }
        return out.getCopyOfBuffer();
    }

    /** Takes up those of a writer's state. */
    void addAll(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("the state holds truncates of version " + version + ", this job knows version "
                    + VERSION + ": restore it with the version that wrote it");
        }
        while (in.available() > 0) {
            add((TruncateMessage) MESSAGES.deserialize(in));
        }
    }
}
