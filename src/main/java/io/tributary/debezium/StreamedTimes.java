package io.tributary.debezium;

import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple7;

/**
 * Tells which time an event counts as of. That is its {@code ts_ms}, with two exceptions, which need the newest
 * {@code ts_ms} that was streamed before in the event's partition and table, and where in the log it was:
 *
 * <ul>
 *   <li>A change that is behind that one in the log is not older, whatever the clock said: it was set back, or MySQL's
 *       statement began earlier and waited for a lock. The change counts as of that newest time. If it is sent again it does
 *       so again, as long as no newer time was streamed; after that it counts as of its own time, so never as newer than it
 *       did first. A log that starts anew (a failover, a reset) has a newer time at a lower place: what is from before
 *       counts as of its own time from then on.
 *   <li>A row that a snapshot has read counts as of the newest change before it, 0 for a first snapshot, not as of when it
 *       was read: the snapshot's data are those of its beginning, and a change that was made while a large table was being
 *       read is streamed after it with an older {@code ts_ms}. All rows of a snapshot are from one place in the log, so
 *       one of them that comes again later counts as it did first. Where the place is not known, it is as new as it says.
 * </ul>
 *
 * Not thread-safe.
 */
public final class StreamedTimes {
    private static final int MAX_SNAPSHOTS = 8;

    private final Map<Place, Time> times = new HashMap<>();
    private TableId lastTable;
    private String lastTopic;
    private int lastPartition;
    private Time last;

    private static final class Time {
        private long newestMs;
        /** Where the first change of the newest time is in the log; null where that is not known. */
        private String newestAt;
        /** The newest time of the log before this one; changes of such times may be of that log. */
        private long logBeganMs;
        /** Where in the log the last snapshots were made, and what their rows count as of. */
        private final Map<String, Long> snapshots = new LinkedHashMap<>();

        private long streamed(long tsMs, String at) {
            boolean placed = at != null && newestAt != null;
            long time = placed && at.compareTo(newestAt) > 0 && tsMs > logBeganMs ? Math.max(tsMs, newestMs) : tsMs;
            if (tsMs > newestMs) {
                if (placed && at.compareTo(newestAt) < 0) {
                    logBeganMs = newestMs;
                }
                newestMs = tsMs;
                newestAt = at;
            }
            return time;
        }

        private long read(long tsMs, String at) {
            Long known = snapshots.get(at);
            if (known != null) {
                return known;
            }
            boolean behindAll = at != null && newestAt != null && at.compareTo(newestAt) > 0;
            long time = behindAll ? newestMs : Math.min(tsMs, newestMs);
            if (at != null) {
                snapshots.put(at, time);
                if (snapshots.size() > MAX_SNAPSHOTS) {
                    snapshots.remove(snapshots.keySet().iterator().next());
                }
            }
            return time;
        }

        private String snapshotsText() {
            StringBuilder text = new StringBuilder();
            snapshots.forEach((at, time) -> text.append(text.length() == 0 ? "" : " ")
                    .append(at)
                    .append('=')
                    .append(time));
            return text.toString();
        }

        private void addSnapshots(String text) {
            for (String snapshot : text.isEmpty() ? new String[0] : text.split(" ")) {
                int end = snapshot.indexOf('=');
                snapshots.putIfAbsent(snapshot.substring(0, end), Long.parseLong(snapshot.substring(end + 1)));
            }
        }
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

    /**
     * Tells the time of the next event of its partition, and remembers it.
     *
     * @param tsMs the source's {@code ts_ms}
     * @param at the event's {@link LogOrder}, or null
     * @return milliseconds since the epoch
     */
    long timeOf(Op op, long tsMs, String at, TableId table, RawRecord record) {
        Time time = time(table, record);
        return op == Op.READ ? time.read(tsMs, at) : time.streamed(tsMs, at);
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

    /** @return what is known of each topic, partition and table, for the operator's state */
    List<Tuple7<String, Integer, String, Long, String, Long, String>> entries() {
        List<Tuple7<String, Integer, String, Long, String, Long, String>> entries = new ArrayList<>();
        times.forEach((place, time) -> entries.add(Tuple7.of(
                place.topic,
                place.partition,
                place.table,
                time.newestMs,
                time.newestAt,
                time.logBeganMs,
                time.snapshotsText())));
        return entries;
    }

    /** Takes up an entry of the operator's state; of several, some of which may be out of date, the newest counts. */
    void add(Tuple7<String, Integer, String, Long, String, Long, String> entry) {
        Time time = at(entry.f0, entry.f1, entry.f2);
        if (entry.f3 > time.newestMs) {
            time.newestMs = entry.f3;
            time.newestAt = entry.f4;
            time.logBeganMs = entry.f5;
        }
        time.addSnapshots(entry.f6);
    }

    /** Takes up an entry of the state of earlier versions: topic, partition, table and newest time. */
    void addTime(Tuple4<String, Integer, String, Long> entry) {
        add(Tuple7.of(entry.f0, entry.f1, entry.f2, entry.f3, null, 0L, ""));
    }
}
