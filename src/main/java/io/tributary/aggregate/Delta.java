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

/** A difference to the figures of a group, in every window that holds the time. Immutable. */
final class Delta {
    static final TypeInformation<Delta> TYPE = new ImmutableTypeInfo<>(Delta.class, new Serializer());

    private final String group;
    private final long time;
    private final Figures difference;

    /**
     * @param group see {@link GroupText}
     * @param time event time, milliseconds; means nothing for a total
     */
    Delta(String group, long time, Figures difference) {
        this.group = Objects.requireNonNull(group, "group");
        this.time = time;
        this.difference = Objects.requireNonNull(difference, "difference");
    }

    String group() {
        return group;
    }

    long time() {
        return time;
    }

    Figures difference() {
        return difference;
    }

    @Override
    public String toString() {
        return group + " at " + time + ": " + difference;
    }

    /** Writes and reads a difference for the shuffle. */
    static final class Serializer extends ImmutableSerializer<Delta> {
        private static final long serialVersionUID = 1L;

        @Override
        public void serialize(Delta delta, DataOutputView out) throws IOException {
            Binary.writeText(delta.group, out);
            out.writeLong(delta.time);
            delta.difference.write(out);
        }

        @Override
        public Delta deserialize(DataInputView in) throws IOException {
            return new Delta(Binary.readText(in), in.readLong(), Figures.read(in));
        }

        @Override
        public TypeSerializerSnapshot<Delta> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Delta> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
