package io.tributary.debezium;

import io.tributary.deadletter.Reason;
import io.tributary.metrics.MetricNames;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the decode operator has seen, by table and operation, by skip reason and by dead letter reason: every record is
 * counted as read, and once more as what it became. The counts are metrics and, as entries of (table or topic or "",
 * metric name, count), state: entries of several subtasks may be added up in any way. Not thread-safe.
 */
final class DecodeCounters {
    private static final String NO_OWNER = "";
    private static final Set<String> OF_TOPICS = Set.of(MetricNames.TOPIC_SKIPPED, MetricNames.TOPIC_DEAD_LETTERS);

    private final MetricGroup group;
    private final LongSupplier clock;
    private final Map<String, Map<String, Counter>> all = new HashMap<>();
    private final Counter read;
    private final Map<String, TableCounters> tables = new HashMap<>();
    private final Map<SkipReason, Counter> skipped = new EnumMap<>(SkipReason.class);
    private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);
    private RawRecord lastChange;
    /** Written by the task's thread alone, read by those of the reporters. */
    private volatile long rejectedInAll;

    private final class TableCounters {
        private final String table;
        private final Map<Op, Counter> changes = new EnumMap<>(Op.class);
        private final Counter bytes;
        private volatile long lagMs;

        private TableCounters(String table) {
            this.table = table;
            bytes = counter(table, MetricNames.BYTES_READ);
            group.addGroup(MetricNames.TABLE, table).gauge(MetricNames.LAG_MS, () -> lagMs);
        }
    }

    /**
     * @param operatorGroup the operator's own group
     * @param clock milliseconds since the epoch
     */
    DecodeCounters(MetricGroup operatorGroup, LongSupplier clock) {
        this.clock = clock;
        group = operatorGroup.addGroup(MetricNames.SERVICE_GROUP).addGroup(MetricNames.GROUP);
        read = counter(NO_OWNER, MetricNames.RECORDS_READ);
        group.gauge(MetricNames.DEAD_LETTERS_TOTAL, () -> rejectedInAll);
    }

    /** @param calls to the registry so far; called by the threads of the reporters */
    void registryCalls(LongSupplier calls) {
        group.gauge(MetricNames.REGISTRY_CALLS, calls::getAsLong);
    }

    void read() {
        read.inc();
    }

    void change(ChangeEvent event) {
        TableCounters table = tables.computeIfAbsent(event.table().fullName(), TableCounters::new);
        table.changes
                .computeIfAbsent(event.op(), op -> counter(table.table, MetricNames.CHANGES + op.code()))
                .inc();
        if (event.record() != lastChange) { // a moved key is two events of one record
            lastChange = event.record();
            table.bytes.inc(lastChange.payloadBytes());
        }
        table.lagMs = clock.getAsLong() - event.sourceTsMs();
    }

    /** Besides {@link #change}. */
    void createWithoutValues(TableId table) {
        counter(table.fullName(), MetricNames.CREATES_WITHOUT_VALUES).inc();
    }

    void skip(RawRecord record, SkipReason reason) {
        skipped.computeIfAbsent(reason, each -> counter(NO_OWNER, MetricNames.SKIPPED + each.label()))
                .inc();
        counter(record.topic(), MetricNames.TOPIC_SKIPPED).inc();
    }

    void reject(RawRecord record, Reason reason) {
        rejected.computeIfAbsent(reason, each -> counter(NO_OWNER, MetricNames.DEAD_LETTERS + each.label()))
                .inc();
        counter(record.topic(), MetricNames.TOPIC_DEAD_LETTERS).inc();
        rejectedInAll = rejectedInAll + 1;
    }

    List<Tuple3<String, String, Long>> entries() {
        List<Tuple3<String, String, Long>> entries = new ArrayList<>();
        all.forEach((owner, counters) -> counters.forEach((name, counter) -> {
            if (counter.getCount() != 0) {
                entries.add(Tuple3.of(owner, name, counter.getCount()));
            }
        }));
        return entries;
    }

    void add(Tuple3<String, String, Long> entry) {
        counter(entry.f0, entry.f1).inc(entry.f2);
        if (entry.f1.startsWith(MetricNames.DEAD_LETTERS)) {
            rejectedInAll = rejectedInAll + entry.f2;
        }
    }

    private Counter counter(String owner, String name) {
        return all.computeIfAbsent(owner, each -> new HashMap<>()).computeIfAbsent(name, each -> {
            if (owner.equals(NO_OWNER)) {
                return group.counter(name);
            }
            String kind = OF_TOPICS.contains(name) ? MetricNames.TOPIC : MetricNames.TABLE;
            return group.addGroup(kind, owner).counter(name);
        });
    }
}
