package io.tributary.aggregate;

import io.tributary.types.ImmutableSerializer;
import io.tributary.types.ImmutableTypeInfo;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A row that waits for a dimension row. Immutable state. */
final class Waiting {
    static final TypeInformation<Waiting> TYPE = new ImmutableTypeInfo<>(Waiting.class, new Serializer());

    private final RowChange row;
    private final long deadline;

    /** @param deadline processing time, milliseconds */
    Waiting(RowChange row, long deadline) {
        this.row = Objects.requireNonNull(row, "row");
        this.deadline = deadline;
    }

    RowChange row() {
        return row;
    }

    /** @return processing time, milliseconds */
    long deadline() {
        return deadline;
    }

    @Override
    public String toString() {
        return row + " until " + deadline;
    }

    /** Writes and reads the state. */
    static final class Serializer extends ImmutableSerializer<Waiting> {
        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;
        private static final RowChange.Serializer ROW = new RowChange.Serializer();

        @Override
        public void serialize(Waiting waiting, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            out.writeLong(waiting.deadline);
            ROW.serialize(waiting.row, out);
        }

        @Override
        public Waiting deserialize(DataInputView in) throws IOException {
            Versions.expect(VERSION, in, Waiting.class);
            long deadline = in.readLong();
            return new Waiting(ROW.deserialize(in), deadline);
        }

        @Override
        public TypeSerializerSnapshot<Waiting> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Waiting> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
