package io.tributary.source.kinesis;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** A shard and how far it has been read. Immutable. */
public final class ShardSplit implements SourceSplit {
    private final Shard shard;
    private final ShardPosition position;

    ShardSplit(Shard shard, ShardPosition position) {
        this.shard = Objects.requireNonNull(shard, "shard");
        this.position = Objects.requireNonNull(position, "position");
    }

    @Override
    public String splitId() {
        return shard.id();
    }

    Shard shard() {
        return shard;
    }

    ShardPosition position() {
        return position;
    }

    @Override
    public String toString() {
        return shard + " " + position;
    }

    void write(DataOutputView out) throws IOException {
        shard.write(out);
        position.write(out);
    }

    static ShardSplit read(DataInputView in) throws IOException {
        return new ShardSplit(Shard.read(in), ShardPosition.read(in));
    }

    /** Its form in checkpoints and on the way to the readers. */
    static final class Serializer implements SimpleVersionedSerializer<ShardSplit> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(ShardSplit split) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(256);
            split.write(out);
            return out.getCopyOfBuffer();
        }

        @Override
        public ShardSplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException("A shard's position of version " + version + " cannot be read; this is version "
                        + VERSION + ". Restore with the Tributary that wrote it, or a newer one");
            }
            return read(new DataInputDeserializer(bytes));
        }
    }
}
