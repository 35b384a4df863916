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

/**
 * The figures of a window that wait for a checkpoint to be complete: the newest, and those before them where a barrier
 * came between the two. Immutable state.
 */
final class HeldResult {
    static final TypeInformation<HeldResult> TYPE = new ImmutableTypeInfo<>(HeldResult.class, new Serializer());

    private final Result newest;
    private final long after;
    private final Result before;

    private HeldResult(Result newest, long after, Result before) {
        this.newest = Objects.requireNonNull(newest, "newest");
        this.after = after;
        this.before = before;
    }

    /**
     * @param held what is held of the window; null for nothing
     * @param barrier the last checkpoint whose barrier has passed
     * @return what is held from now on
     */
    static HeldResult with(HeldResult held, Result result, long barrier) {
        if (held == null) {
            return new HeldResult(result, barrier, null);
        }
        return new HeldResult(result, barrier, held.after < barrier ? held.newest : held.before);
    }

    /** @return the figures that the checkpoint knows; null where it knows none of them */
    Result knownTo(long checkpoint) {
        return after < checkpoint ? newest : before;
    }

    /** @return what is still held once {@link #knownTo} is sent; null for nothing */
    HeldResult without(long checkpoint) {
        return after < checkpoint ? null : new HeldResult(newest, after, null);
    }

    @Override
    public String toString() {
        return newest + " after " + after;
    }

    /** Writes and reads the state. */
    static final class Serializer extends ImmutableSerializer<HeldResult> {
        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;
        private static final Result.Serializer RESULT = new Result.Serializer();

        @Override
        public void serialize(HeldResult held, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            RESULT.serialize(held.newest, out);
            out.writeLong(held.after);
            out.writeBoolean(held.before != null);
            if (held.before != null) {
                RESULT.serialize(held.before, out);
            }
        }

        @Override
        public HeldResult deserialize(DataInputView in) throws IOException {
            Versions.expect(VERSION, in, HeldResult.class);
            return new HeldResult(
                    RESULT.deserialize(in), in.readLong(), in.readBoolean() ? RESULT.deserialize(in) : null);
        }

        @Override
        public TypeSerializerSnapshot<HeldResult> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<HeldResult> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
