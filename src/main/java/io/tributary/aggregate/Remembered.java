package io.tributary.aggregate;

import io.tributary.types.Binary;
import io.tributary.types.ImmutableSerializer;
import io.tributary.types.ImmutableTypeInfo;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is known of a row: the position of its newest change and the values that count. Immutable state. */
final class Remembered {
    static final TypeInformation<Remembered> TYPE = new ImmutableTypeInfo<>(Remembered.class, new Serializer());

    private final String position;
    private final Object[] values;
    private final long forgetAt;

    private Remembered(String position, Object[] values, long forgetAt) {
        this.position = Objects.requireNonNull(position, "position");
        this.values = values;
        this.forgetAt = forgetAt;
    }

    static Remembered counted(String position, Object[] values) {
        return new Remembered(position, Objects.requireNonNull(values, "values"), 0);
    }

    /** @param forgetAt processing time, milliseconds, until which older changes are recognised as such */
    static Remembered uncounted(String position, long forgetAt) {
        return new Remembered(position, null, forgetAt);
    }

    String position() {
        return position;
    }

    boolean isCounted() {
        return values != null;
    }

    /** @return the values that count, see {@link Slots}; null where the row does not count */
    Object[] values() {
        return values;
    }

    /** @return processing time, milliseconds; 0 for a row that counts */
    long forgetAt() {
        return forgetAt;
    }

    @Override
    public String toString() {
        return position + (isCounted() ? " counted" : " uncounted");
    }

    /** Writes and reads the state. */
    static final class Serializer extends ImmutableSerializer<Remembered> {
        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;

        @Override
        public void serialize(Remembered row, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            Binary.writeText(row.position, out);
            Slots.write(row.values, out);
            if (row.values == null) {
                out.writeLong(row.forgetAt);
            }
        }

        @Override
        public Remembered deserialize(DataInputView in) throws IOException {
            Versions.expect(VERSION, in, Remembered.class);
            String position = Binary.readText(in);
            Object[] values = Slots.read(in);
            return new Remembered(position, values, values == null ? in.readLong() : 0);
        }

        @Override
        public TypeSerializerSnapshot<Remembered> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Remembered> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
