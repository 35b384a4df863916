package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class LakeMetricsTest {
    private static final TableId ITEM = new TableId("shop", "shopdb", "public", "item");
    private static final TableId SALE = new TableId("shop", "shopdb", "public", "sale");
    private static final String PREFIX = ".kinesisanalytics.tributary.table.";

    private final Map<String, Object> registered = new HashMap<>();
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final LakeMetrics metrics = new LakeMetrics(new Group(""), now::get);

    @Test
    void aCommitIsToldByItsFilesRowsAndAge() {
        metrics.committed(
                ITEM.fullName(),
                committed(ITEM, 999_200, file(90, 1, 5, 4), file(10, 0, 0, 0)).took(31));
        assertThat(of(ITEM, "applied")).isEqualTo(2L);
        assertThat(of(ITEM, "commits")).isEqualTo(1L);
        assertThat(of(ITEM, "filesWritten")).isEqualTo(2L);
        assertThat(of(ITEM, "bytesWritten")).isEqualTo(2_000L);
        assertThat(of(ITEM, "rewriteAmplification")).isEqualTo(10.0);
        assertThat(of(ITEM, "tableCommitMs")).isEqualTo(31L);
        assertThat(of(ITEM, "tableFreshnessMs")).isEqualTo(800L);
        assertThat(of(ITEM, "freshnessMs")).isEqualTo(List.of(1L, 800L));
        metrics.committed(ITEM.fullName(), committed(ITEM, 999_200, file(7, 7, 0, 0)));
        assertThat(of(ITEM, "rewriteAmplification")).isEqualTo(1.0);
        assertThat(of(ITEM, "filesWritten")).isEqualTo(3L);
    }

    @Test
    void theWorstTableOfACheckpointIsTheLakesFreshness() {
        metrics.committed(ITEM.fullName(), committed(ITEM, 999_900, file(1, 1, 0, 0)));
        metrics.committed(SALE.fullName(), committed(SALE, 998_000, file(1, 1, 0, 0)));
        metrics.commitTook(50);
        assertThat(value(".kinesisanalytics.tributary.lastFreshnessMs")).isEqualTo(2_000L);
        assertThat(value(".kinesisanalytics.tributary.lastCommitMs")).isEqualTo(50L);
        assertThat(value(".kinesisanalytics.tributary.freshnessMs")).isEqualTo(List.of(2L, 2_000L));
        assertThat(of(ITEM, "tableFreshnessMs")).isEqualTo(100L);
    }

    @Test
    void anInflightInstantAgesUntilItIsCommitted() {
        now.set(InstantClock.parse("20260102030405000").toEpochMilli() + 7_000);
        metrics.inflight(ITEM.fullName(), "20260102030405000");
        assertThat(of(ITEM, "inflightMs")).isEqualTo(7_000L);
        now.addAndGet(1_000);
        assertThat(of(ITEM, "inflightMs")).isEqualTo(8_000L);
        metrics.inflight(ITEM.fullName(), null);
        assertThat(of(ITEM, "inflightMs")).isEqualTo(0L);
        metrics.inflight(ITEM.fullName(), "not a time");
        assertThat(of(ITEM, "inflightMs")).isEqualTo(0L);
    }

    @Test
    void theCheckpointsAgeBeginsWithTheJob() {
        now.addAndGet(5_000);
        assertThat(value(".kinesisanalytics.tributary.checkpointAgeMs")).isEqualTo(5_000L);
        metrics.checkpointComplete();
        now.addAndGet(300);
        assertThat(value(".kinesisanalytics.tributary.checkpointAgeMs")).isEqualTo(300L);
    }

    private Object of(TableId table, String name) {
        return value(PREFIX + table.fullName() + "." + name);
    }

    private Object value(String name) {
        Object metric = registered.get(name);
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        if (metric instanceof Histogram histogram) {
            return List.of(histogram.getCount(), histogram.getStatistics().getMax());
        }
        return ((Gauge<?>) metric).getValue();
    }

    private static Committed committed(TableId table, long oldestMs, WrittenFile... files) {
        WriteCounts counts = WriteCounts.NONE.plusEvent(oldestMs + 50).plusEvent(oldestMs);
        TableSchema schema = TableSchema.of(Changes.schema("id \"int\""));
        return Committed.NOTHING.plus(new PendingWrite(1, table, "20260102030405000", schema, counts, List.of(files)));
    }

    private static WrittenFile file(long rows, long inserts, long updates, long deletes) {
        return new WrittenFile("p", "f", "p/f", null, rows, inserts, updates, deletes, 1_000);
    }

    private final class Group extends UnregisteredMetricsGroup {
        private final String path;

        private Group(String path) {
            this.path = path;
        }

        @Override
        public Counter counter(String name) {
            Counter counter = new SimpleCounter();
            registered.put(path + "." + name, counter);
            return counter;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            registered.put(path + "." + name, gauge);
            return gauge;
        }

        @Override
        public <H extends Histogram> H histogram(String name, H histogram) {
            registered.put(path + "." + name, histogram);
            return histogram;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return new Group(path + "." + name);
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new Group(path + "." + key + "." + value);
        }
    }
}
