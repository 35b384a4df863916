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

/** The figures of a group in a window, those that were sent last, and by which attempt of the job. Immutable state. */
final class WindowFigures {
    static final TypeInformation<WindowFigures> TYPE = new ImmutableTypeInfo<>(WindowFigures.class, new Serializer());
    static final WindowFigures EMPTY = new WindowFigures(Figures.ZERO, null, 0);

    private final Figures current;
    private final Figures sent;
    private final long attempt;

    private WindowFigures(Figures current, Figures sent, long attempt) {
        this.current = Objects.requireNonNull(current, "current");
        this.sent = sent;
        this.attempt = attempt;
    }

    Figures current() {
        return current;
    }

    WindowFigures plus(Figures difference) {
        return new WindowFigures(current.plus(difference), sent, attempt);
    }

    /** @return whether these are other figures than those sent last; none sent counts as zero orders */
    boolean hasNews() {
        return sent == null ? current.orders() != 0 : !sent.equals(current);
    }

    /**
     * What an attempt sent after its last checkpoint is forgotten when the next attempt begins. It concerns windows that the
     * next one touches again, as it reads the same changes.
     *
     * @param now the attempt that asks
     * @param first the attempt that began without state
     * @return whether what was sent last is known
     */
    boolean isCertain(long now, long first) {
        return now == first || sent != null && attempt == now;
    }

    WindowFigures asSent(long now) {
        return new WindowFigures(current, current, now);
    }

    @Override
    public String toString() {
        return current + ", sent " + sent;
    }

    /** Writes and reads the state. */
    static final class Serializer extends ImmutableSerializer<WindowFigures> {
        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;

        @Override
        public void serialize(WindowFigures figures, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            figures.current.write(out);
            out.writeBoolean(figures.sent != null);
            if (figures.sent != null) {
                figures.sent.write(out);
                out.writeLong(figures.attempt);
            }
        }

        @Override
        public WindowFigures deserialize(DataInputView in) throws IOException {
            Versions.expect(VERSION, in, WindowFigures.class);
            Figures current = Figures.read(in);
            return in.readBoolean()
                    ? new WindowFigures(current, Figures.read(in), in.readLong())
                    : new WindowFigures(current, null, 0);
        }

        @Override
        public TypeSerializerSnapshot<WindowFigures> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowFigures> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
