package io.tributary.debezium;

import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.java.tuple.Tuple4;

/**
 * For each partition and table the newest {@code ts_ms} of a streamed change. A row that a snapshot has read counts as of
 * that time, not as of when it was read: the snapshot's data are those of its beginning, and a change that was made while a
 * large table was being read is streamed after it with an older {@code ts_ms}. Not thread-safe.
 */
public final class StreamedTimes {
    private final Map<Place, Time> times = new HashMap<>();
    private TableId lastTable;
    private String lastTopic;
    private int lastPartition;
    private Time last;

    private static final class Time {
        private long tsMs;
    }

    private static final class Place {
        private final String topic;
        private final int partition;
        private final String table;

        private Place(String topic, int partition, String table) {
            this.topic = topic;
            this.partition = partition;
            this.table = table;
        }

        @Override
        public boolean equals(Object other) {
            Place that = (Place) other;
            return partition == that.partition && topic.equals(that.topic) && table.equals(that.table);
        }

        @Override
        public int hashCode() {
            return Objects.hash(topic, partition, table);
        }
    }

    /** @return milliseconds since the epoch; 0 where nothing has been streamed yet */
    long newest(TableId table, RawRecord record) {
        return time(table, record).tsMs;
    }

    void streamed(TableId table, RawRecord record, long tsMs) {
        Time time = time(table, record);
        time.tsMs = Math.max(time.tsMs, tsMs);
    }

    private Time time(TableId table, RawRecord record) {
        if (table != lastTable
                || record.partition() != lastPartition
                || !record.topic().equals(lastTopic)) {
            last = at(record.topic(), record.partition(), table.fullName());
            lastTable = table;
            lastTopic = record.topic();
            lastPartition = record.partition();
        }
        return last;
    }

    private Time at(String topic, int partition, String table) {
        return times.computeIfAbsent(new Place(topic, partition, table), place -> new Time());
    }

    /** @return topic, partition, table and time of each, for the operator's state */
    List<Tuple4<String, Integer, String, Long>> entries() {
        List<Tuple4<String, Integer, String, Long>> entries = new ArrayList<>();
        times.forEach((place, time) -> entries.add(Tuple4.of(place.topic, place.partition, place.table, time.tsMs)));
        return entries;
    }

    /** Takes up an entry of the operator's state; the newest of several counts. */
    void add(Tuple4<String, Integer, String, Long> entry) {
        Time time = at(entry.f0, entry.f1, entry.f2);
        time.tsMs = Math.max(time.tsMs, entry.f3);
    }
}
