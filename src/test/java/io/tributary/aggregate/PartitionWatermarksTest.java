package io.tributary.aggregate;

import static io.tributary.aggregate.Sales.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class PartitionWatermarksTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Output output = new Output();
    private long clock = at("20:00");
    private final PartitionWatermarks watermarks = new PartitionWatermarks(MINUTE, MINUTE, true, () -> clock);

    @Test
    void theSlowestPartitionDecides() {
        row(0, "14:30");
        row(1, "14:10");
        later(MINUTE);
        row(0, "14:20");
        row(1, "14:11");
        assertThat(emitted()).containsExactly(at("14:10") - 1);
    }

    @Test
    void anIdlePartitionDoesNotHoldWindowsBack() {
        row(0, "14:30");
        row(1, "14:10");
        emitted();
        later(MINUTE);
        row(0, "14:40");
        assertThat(emitted()).containsExactly(at("14:39") - 1);
    }

    @Test
    void nothingIsSaidUntilEveryPartitionHadTheTimeToDeliver() {
        row(0, "14:30");
        later(Duration.ofSeconds(59));
        row(0, "14:30");
        assertThat(emitted()).isEmpty();
        assertThat(output.idle).isFalse();
    }

    @Test
    void aSubtaskWithoutPartitionsIsIdle() {
        later(MINUTE);
        assertThat(emitted()).isEmpty();
        assertThat(output.idle).isTrue();
    }

    @Test
    void whereTheInputEndsNothingIsIdle() {
        PartitionWatermarks bounded = new PartitionWatermarks(MINUTE, MINUTE, false, () -> clock);
        later(MINUTE);
        bounded.onPeriodicEmit(output);
        assertThat(output.idle).isFalse();
    }

    @Test
    void snapshotRowsHoldTheWatermarkBackAndDoNotMoveIt() {
        later(MINUTE);
        row(0, "14:30");
        watermarks.onEvent(Sales.read("1", 1, "India", "1", "19:00"), 0, output);
        assertThat(emitted()).containsExactly(at("14:29") - 1);
    }

    @Test
    void aTimeInTheFutureDoesNotMoveTheWatermarkPastTheClock() {
        later(MINUTE);
        row(0, "23:00");
        assertThat(emitted()).containsExactly(clock - MINUTE.toMillis() - 1);
    }

    /** The clock is no limit for what is years old: without the source's time, every sale that follows would be late. */
    @Test
    void aTimeInTheFutureDoesNotMoveTheWatermarkPastTheTimeOfTheSource() {
        clock = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        later(MINUTE);
        long far = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();
        watermarks.onEvent(row(0, far, at("14:30")), 0, output);
        assertThat(emitted()).containsExactly(at("14:29") - 1);
        watermarks.onEvent(row(0, at("14:31"), at("14:32")), 0, output);
        assertThat(emitted()).containsExactly(at("14:30") - 1);
    }

    @Test
    void anOutOfOrdernessBeyondAllTimesClosesNothing() {
        PartitionWatermarks patient =
                new PartitionWatermarks(Duration.ofMillis(Long.MAX_VALUE), MINUTE, true, () -> clock);
        later(MINUTE);
        long first = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
        patient.onEvent(row(0, first, at("14:30")), 0, output);
        patient.onPeriodicEmit(output);
        assertThat(output.emitted)
                .singleElement()
                .satisfies(watermark -> assertThat(watermark).isLessThan(first));
    }

    @Test
    void aWatermarkNeverGoesBack() {
        later(MINUTE);
        row(0, "14:30");
        emitted();
        row(1, "14:10");
        assertThat(emitted()).isEmpty();
    }

    private void row(int partition, String time) {
        watermarks.onEvent(row(partition, at(time), RowChange.NO_SOURCE_TIME), 0, output);
    }

    private static RowChange row(int partition, long time, long sourceTime) {
        RowChange row = Sales.put("1", 1, "India", "1", time);
        return new RowChange(
                row.kind(), row.key(), row.position(), false, row.values(), sourceTime, Sales.record(partition, 1));
    }

    private void later(Duration time) {
        clock += time.toMillis();
    }

    private List<Long> emitted() {
        output.emitted.clear();
        watermarks.onPeriodicEmit(output);
        return output.emitted;
    }

    private static final class Output implements WatermarkOutput {
        private final List<Long> emitted = new ArrayList<>();
        private boolean idle;

        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }
}
