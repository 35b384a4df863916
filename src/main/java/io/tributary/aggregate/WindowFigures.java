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

/** The figures of a group in a window, and those that were sent last. Immutable state. */
final class WindowFigures {
    static final TypeInformation<WindowFigures> TYPE = new ImmutableTypeInfo<>(WindowFigures.class, new Serializer());
    static final WindowFigures EMPTY = new WindowFigures(Figures.ZERO, null);

    private final Figures current;
    private final Figures sent;

    private WindowFigures(Figures current, Figures sent) {
        this.current = Objects.requireNonNull(current, "current");
        this.sent = sent;
    }

    Figures current() {
        return current;
    }

    WindowFigures plus(Figures difference) {
        return new WindowFigures(current.plus(difference), sent);
    }

    /** @return whether these are other figures than those sent last; none sent counts as zero orders */
    boolean hasNews() {
        return sent == null ? current.orders() != 0 : !sent.equals(current);
    }

    WindowFigures asSent() {
        return new WindowFigures(current, current);
    }

    @Override
    public String toString() {
        return current + ", sent " + sent;
    }

    /** Writes and reads the state. */
    static final class Serializer extends ImmutableSerializer<WindowFigures> {
        private static final long serialVersionUID = 1L;
        private static final int VERSION = 2;

        @Override
        public void serialize(WindowFigures figures, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            figures.current.write(out);
            out.writeBoolean(figures.sent != null);
            if (figures.sent != null) {
                figures.sent.write(out);
            }
        }

        @Override
        public WindowFigures deserialize(DataInputView in) throws IOException {
            int version = Versions.upTo(VERSION, in, WindowFigures.class);
            Figures current = Figures.read(in);
            Figures sent = in.readBoolean() ? Figures.read(in) : null;
            if (version == 1 && sent != null) {
                in.readLong(); // which attempt of the job had sent them
            }
            return new WindowFigures(current, sent);
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
