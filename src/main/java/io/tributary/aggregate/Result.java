package io.tributary.aggregate;

import io.tributary.types.Binary;
import io.tributary.types.ImmutableSerializer;
import io.tributary.types.ImmutableTypeInfo;
import java.io.IOException;
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
    private static final int SCALE = 2;

    private final String key;
    private final String value;

    private Result(String key, String value) {
        this.key = Objects.requireNonNull(key, "key");
        this.value = Objects.requireNonNull(value, "value");
    }

    static Result of(String group, Figures figures, boolean quantity, Windows windows, long start) {
        String comma = group.isEmpty() ? "" : ",";
        String from = windows.isTotal() ? "" : "\"start\":\"" + Instant.ofEpochMilli(start) + "\"";
        String key = "{" + group + (from.isEmpty() ? "" : comma + from) + "}";
        StringBuilder value = new StringBuilder("{").append(group).append(comma);
        value.append("\"sales\":\"")
                .append(figures.amount().setScale(SCALE, RoundingMode.HALF_UP).toPlainString())
                .append("\",\"orders\":")
                .append(figures.orders());
        if (quantity) {
            value.append(",\"quantity\":")
                    .append(figures.quantity().stripTrailingZeros().toPlainString());
        }
        if (!windows.isTotal()) {
            value.append(',').append(from).append(",\"end\":\"");
            value.append(Instant.ofEpochMilli(windows.end(start))).append('"');
        }
        return new Result(key, value.append('}').toString());
    }

    /** @return the group and the window's start, as JSON */
    public String key() {
        return key;
    }

    /** @return group, figures and window, as JSON */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }

    /** Writes and reads a result on its way to the sink. */
    static final class Serializer extends ImmutableSerializer<Result> {
        private static final long serialVersionUID = 1L;

        @Override
        public void serialize(Result result, DataOutputView out) throws IOException {
            Binary.writeText(result.key, out);
            Binary.writeText(result.value, out);
        }

        @Override
        public Result deserialize(DataInputView in) throws IOException {
            return new Result(Binary.readText(in), Binary.readText(in));
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
