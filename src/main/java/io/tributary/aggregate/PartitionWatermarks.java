package io.tributary.aggregate;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermarks of the slowest partition that is not idle, with bounded out-of-orderness. The bytes are decoded after the
 * source, so the source's own watermarks per partition cannot be used.
 *
 * <ul>
 *   <li>A partition that is silent for the idle timeout does not count. For so long after the start no watermark is sent
 *       at all, as a partition may not have been read from yet.
 *   <li>Rows of a snapshot, which come in no order, hold the watermark back, but do not move it.
 *   <li>Where the input ends, a subtask is never idle as a whole: Flink would take idle subtasks, and others that have
 *       read all of theirs, for the end of all input.
 *   <li>A row's time counts up to the time at which the source wrote it, so that one row with a time in the future does
 *       not close every window. The clock alone would not do: what is read may be years old, and each sale that follows
 *       would be late. It is an upper limit all the same, as the source's clock may be wrong.
 * </ul>
 */
final class PartitionWatermarks implements WatermarkGenerator<RowChange> {
    private final long outOfOrderness;
    private final long idleTimeout;
    private final boolean idles;
    private final LongSupplier clock;
    private final long startedAt;
    private final Map<String, Map<Integer, Progress>> topics = new HashMap<>();
    private long last = Long.MIN_VALUE;

    /**
     * @param idles whether a subtask can be idle
     * @param clock milliseconds since the epoch
     */
    PartitionWatermarks(Duration outOfOrderness, Duration idleTimeout, boolean idles, LongSupplier clock) {
        this.outOfOrderness = Windows.atMostLongest(outOfOrderness);
        this.idleTimeout = idleTimeout.toMillis();
        this.idles = idles;
        this.clock = clock;
        this.startedAt = clock.getAsLong();
    }

    @Override
    public void onEvent(RowChange row, long timestamp, WatermarkOutput output) {
        if (row.record() == null) {
            return;
        }
        Progress progress = topics.computeIfAbsent(row.record().topic(), topic -> new HashMap<>())
                .computeIfAbsent(row.record().partition(), partition -> new Progress());
        progress.seen = true;
        if (!row.snapshot() && row.value(Slots.TIME) instanceof Long) {
            long time = Math.min((Long) row.value(Slots.TIME), row.sourceTime());
            progress.latest = Math.max(progress.latest, time);
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long now = clock.getAsLong();
        long slowest = Long.MAX_VALUE;
        for (Map<Integer, Progress> partitions : topics.values()) {
            for (Progress progress : partitions.values()) {
                if (progress.seen) {
                    progress.seen = false;
                    progress.seenAt = now;
                }
                if (now - progress.seenAt < idleTimeout) {
                    slowest = Math.min(slowest, progress.latest);
                }
            }
        }
        if (now - startedAt < idleTimeout) {
            return;
        }
        if (slowest == Long.MAX_VALUE) {
            if (idles) {
                output.markIdle();
            }
            return;
        }
        long watermark = Math.min(slowest, now) - outOfOrderness - 1;
        if (slowest != Long.MIN_VALUE && watermark > last) {
            last = watermark;
            output.emitWatermark(new Watermark(watermark));
        }
    }

    private static final class Progress {
        private long latest = Long.MIN_VALUE;
        private long seenAt;
        private boolean seen;
    }
}
