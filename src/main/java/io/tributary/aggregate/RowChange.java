package io.tributary.aggregate;

import io.tributary.source.RawRecord;
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

/** A change of a row, reduced to what an aggregate needs of it. Immutable; the array must not be changed. */
final class RowChange {
    /** What happened. */
    enum Kind {
        /** The row has these values now. */
        PUT,
        /** The row is gone, or cannot be counted as it is. */
        DELETE,
        /** The row no longer refers to the dimension row whose key it carries; it may refer to another. */
        LEAVE,
        /** The windows that hold the row are about to close: if it still waits, it goes on now, and it is forgotten. */
        FORGET;

        /** @return whether this concerns only those who remember the row on behalf of a dimension row */
        boolean isForLookups() {
            return this == LEAVE || this == FORGET;
        }
    }

    /** The source time of a change that is on no way to the watermarks: later than all. */
    static final long NO_SOURCE_TIME = Long.MAX_VALUE;

    static final TypeInformation<RowChange> TYPE = new ImmutableTypeInfo<>(RowChange.class, new Serializer());
    private static final Kind[] KINDS = Kind.values();

    private final Kind kind;
    private final String key;
    private final String position;
    private final boolean snapshot;
    private final Object[] values;
    private final long sourceTime;
    private final RawRecord record;

    /** A change without a source time. */
    RowChange(Kind kind, String key, String position, boolean snapshot, Object[] values, RawRecord record) {
        this(kind, key, position, snapshot, values, NO_SOURCE_TIME, record);
    }

    /**
     * @param key the row's key as text
     * @param position sorts as text in the order of the changes
     * @param snapshot whether a snapshot read the row
     * @param values see {@link Slots}; may be null for a DELETE whose last values are not known
     * @param sourceTime when the source wrote the change, milliseconds since the epoch, or {@link #NO_SOURCE_TIME}
     * @param record the message that carried the change, for a dead letter; null once it cannot become one
     */
    RowChange(
            Kind kind,
            String key,
            String position,
            boolean snapshot,
            Object[] values,
            long sourceTime,
            RawRecord record) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.key = Objects.requireNonNull(key, "key");
        this.position = Objects.requireNonNull(position, "position");
        this.snapshot = snapshot;
        this.values = values;
        this.sourceTime = sourceTime;
        this.record = record;
    }

    Kind kind() {
        return kind;
    }

    String key() {
        return key;
    }

    String position() {
        return position;
    }

    boolean snapshot() {
        return snapshot;
    }

    /** @return the values, see {@link Slots}; may be null for a DELETE */
    Object[] values() {
        return values;
    }

    /** @return the value at the index; null where there are no values */
    Object value(int index) {
        return values == null ? null : values[index];
    }

    /** @return when the source wrote the change, milliseconds since the epoch, or {@link #NO_SOURCE_TIME} */
    long sourceTime() {
        return sourceTime;
    }

    /** @return the message; may be null */
    RawRecord record() {
        return record;
    }

    RowChange withValues(Object[] changed) {
        return new RowChange(kind, key, position, snapshot, changed, sourceTime, record);
    }

    RowChange withoutRecord() {
        return record == null ? this : new RowChange(kind, key, position, snapshot, values, null);
    }

    @Override
    public String toString() {
        return kind + " " + key + " " + position;
    }

    /** Writes and reads a change for shuffles and state. */
    static final class Serializer extends ImmutableSerializer<RowChange> {
        private static final long serialVersionUID = 1L;
        private static final int VERSION = 2;
        private static final RawRecord.Serializer RECORD = new RawRecord.Serializer();

        @Override
        public void serialize(RowChange change, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            out.writeByte(change.kind.ordinal());
            Binary.writeText(change.key, out);
            Binary.writeText(change.position, out);
            out.writeBoolean(change.snapshot);
            Slots.write(change.values, out);
            out.writeBoolean(change.record != null);
            if (change.record != null) {
                out.writeLong(change.sourceTime);
                RECORD.serialize(change.record, out);
            }
        }

        @Override
        public RowChange deserialize(DataInputView in) throws IOException {
            int version = Versions.upTo(VERSION, in, RowChange.class);
            Kind kind = KINDS[in.readByte()];
            String key = Binary.readText(in);
            String position = Binary.readText(in);
            boolean snapshot = in.readBoolean();
            Object[] values = Slots.read(in);
            if (!in.readBoolean()) {
                return new RowChange(kind, key, position, snapshot, values, null);
            }
            long sourceTime = version == 1 ? NO_SOURCE_TIME : in.readLong();
            return new RowChange(kind, key, position, snapshot, values, sourceTime, RECORD.deserialize(in));
        }

        @Override
        public TypeSerializerSnapshot<RowChange> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowChange> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
