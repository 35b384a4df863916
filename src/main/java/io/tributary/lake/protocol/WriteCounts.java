package io.tributary.lake.protocol;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How many events went into a write, and from when they are. Immutable. */
public final class WriteCounts implements Serializable {
    private static final long serialVersionUID = 1L;
    public static final WriteCounts NONE = new WriteCounts(0, Long.MAX_VALUE, Long.MIN_VALUE);

    private final long events;
    private final long oldestSourceTsMs;
    private final long newestSourceTsMs;

    private WriteCounts(long events, long oldestSourceTsMs, long newestSourceTsMs) {
        this.events = events;
        this.oldestSourceTsMs = oldestSourceTsMs;
        this.newestSourceTsMs = newestSourceTsMs;
    }

    /** @return these counts and one event more */
    public WriteCounts plusEvent(long sourceTsMs) {
        return new WriteCounts(
                events + 1, Math.min(oldestSourceTsMs, sourceTsMs), Math.max(newestSourceTsMs, sourceTsMs));
    }

    public WriteCounts plus(WriteCounts other) {
        return new WriteCounts(
                events + other.events,
                Math.min(oldestSourceTsMs, other.oldestSourceTsMs),
                Math.max(newestSourceTsMs, other.newestSourceTsMs));
    }

    /** @return all events, those included that a newer one of the same batch replaced */
    public long events() {
        return events;
    }

    /** @return milliseconds since the epoch; {@link Long#MAX_VALUE} where there are no events */
    public long oldestSourceTsMs() {
        return oldestSourceTsMs;
    }

    /** @return milliseconds since the epoch; {@link Long#MIN_VALUE} where there are no events */
    public long newestSourceTsMs() {
        return newestSourceTsMs;
    }

    public void write(DataOutputView out) throws IOException {
        out.writeLong(events);
        out.writeLong(oldestSourceTsMs);
        out.writeLong(newestSourceTsMs);
    }

    public static WriteCounts read(DataInputView in) throws IOException {
        return new WriteCounts(in.readLong(), in.readLong(), in.readLong());
    }
}
