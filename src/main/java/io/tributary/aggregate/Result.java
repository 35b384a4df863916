package io.tributary.aggregate;

import io.tributary.types.Binary;
import io.tributary.types.ImmutableSerializer;
import io.tributary.types.ImmutableTypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The figures of a group in a window as they are sent: an upsert under {@link #key()}. Both texts are JSON objects:
 * {@code {"country":"India","start":"2022-07-25T14:20:00Z"}} and
 * {@code {"country":"India","sales":"33.95","orders":5,"start":"2022-07-25T14:20:00Z","end":"2022-07-25T14:30:00Z"}},
 * with {@code quantity} after {@code orders} where it was asked for; a total has neither start nor end. Immutable.
 */
public final class Result {
    public static final TypeInformation<Result> TYPE = new ImmutableTypeInfo<>(Result.class, new Serializer());
    /** The members of the JSON objects beside those of the group. */
    static final String SALES = "sales";

    static final String ORDERS = "orders";
    static final String QUANTITY = "quantity";
    static final String START = "start";
    static final String END = "end";
    /** Digits of {@link #sales()} behind the point. */
    static final int SCALE = 2;

    private final String group;
    private final Figures figures;
    private final boolean quantity;
    private final boolean windowed;
    private final long start;
    private final long end;

    private Result(String group, Figures figures, boolean quantity, boolean windowed, long start, long end) {
        this.group = Objects.requireNonNull(group, "group");
        this.figures = Objects.requireNonNull(figures, "figures");
        this.quantity = quantity;
        this.windowed = windowed;
        this.start = start;
        this.end = end;
    }

    static Result of(String group, Figures figures, boolean quantity, Windows windows, long start) {
        return new Result(group, figures, quantity, !windows.isTotal(), start, windows.end(start));
    }

    /** @return see {@link GroupText} */
    String group() {
        return group;
    }

    /** @return rounded half-up to {@link #SCALE} places */
    BigDecimal sales() {
        return figures.amount().setScale(SCALE, RoundingMode.HALF_UP);
    }

    long orders() {
        return figures.orders();
    }

    /** @return exact; zero where no quantity was asked for */
    BigDecimal quantity() {
        return figures.quantity();
    }

    /** @return the window's start, milliseconds since the epoch; means nothing for a total */
    long start() {
        return start;
    }

    /** @return the window's end, exclusive, milliseconds since the epoch; means nothing for a total */
    long end() {
        return end;
    }

    /** @return group and the window's start, as JSON */
    public String key() {
        StringBuilder key = new StringBuilder("{").append(group);
        if (windowed) {
            instant(key, START, start);
        }
        return key.append('}').toString();
    }

    /** @return group, figures and window, as JSON */
    public String value() {
        StringBuilder value = new StringBuilder("{").append(group);
        member(value, SALES).append('"').append(sales().toPlainString()).append('"');
        member(value, ORDERS).append(orders());
        if (quantity) {
            member(value, QUANTITY).append(quantity().stripTrailingZeros().toPlainString());
        }
        if (windowed) {
            instant(value, START, start);
            instant(value, END, end);
        }
        return value.append('}').toString();
    }

    private static void instant(StringBuilder text, String name, long millis) {
        member(text, name).append('"').append(Instant.ofEpochMilli(millis)).append('"');
    }

    private static StringBuilder member(StringBuilder text, String name) {
        return text.append(text.length() == 1 ? "\"" : ",\"").append(name).append("\":");
    }

    @Override
    public String toString() {
        return value();
    }

    /** Writes and reads a result on its way to the sink, and while it is held. */
    static final class Serializer extends ImmutableSerializer<Result> {
        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;

        @Override
        public void serialize(Result result, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            Binary.writeText(result.group, out);
            result.figures.write(out);
            out.writeBoolean(result.quantity);
            out.writeBoolean(result.windowed);
            out.writeLong(result.start);
            out.writeLong(result.end);
        }

        @Override
        public Result deserialize(DataInputView in) throws IOException {
            Versions.expect(VERSION, in, Result.class);
            return new Result(
                    Binary.readText(in),
                    Figures.read(in),
                    in.readBoolean(),
                    in.readBoolean(),
                    in.readLong(),
                    in.readLong());
        }

        @Override
        public TypeSerializerSnapshot<Result> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Result> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
