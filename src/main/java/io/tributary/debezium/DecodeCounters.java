package io.tributary.debezium;

import io.tributary.deadletter.Reason;
import io.tributary.metrics.MetricNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the decode operator has seen, by table and operation, by skip reason and by dead letter reason: every record is
 * counted as read, and once more as what it became. The counts are metrics and, as entries of (table or "", metric
 * name, count), state: entries of several subtasks may be added up in any way. Not thread-safe.
 */
final class DecodeCounters {
    private static final String NO_TABLE = "";

    private final MetricGroup group;
    private final Map<String, Map<String, Counter>> all = new HashMap<>();
    private final Counter read;
    private final Map<String, Map<Op, Counter>> changes = new HashMap<>();
    private final Map<SkipReason, Counter> skipped = new EnumMap<>(SkipReason.class);
    private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);
    /** Written by the task's thread alone, read by those of the reporters. */
    private volatile long rejectedInAll;

    /** @param operatorGroup the operator's own group */
    DecodeCounters(MetricGroup operatorGroup) {
        group = operatorGroup.addGroup(MetricNames.SERVICE_GROUP).addGroup(MetricNames.GROUP);
        read = counter(NO_TABLE, MetricNames.RECORDS_READ);
        group.gauge(MetricNames.DEAD_LETTERS_TOTAL, () -> rejectedInAll);
    }

    void read() {
        read.inc();
    }

    void change(TableId table, Op op) {
        changes.computeIfAbsent(table.fullName(), name -> new EnumMap<>(Op.class))
                .computeIfAbsent(op, code -> counter(table.fullName(), MetricNames.CHANGES + code.code()))
                .inc();
    }

    /** Besides {@link #change}. */
    void createWithoutValues(TableId table) {
        counter(table.fullName(), MetricNames.CREATES_WITHOUT_VALUES).inc();
    }

    void skip(SkipReason reason) {
        skipped.computeIfAbsent(reason, each -> counter(NO_TABLE, MetricNames.SKIPPED + each.label()))
                .inc();
    }

    void reject(Reason reason) {
        rejected.computeIfAbsent(reason, each -> counter(NO_TABLE, MetricNames.DEAD_LETTERS + each.label()))
                .inc();
        rejectedInAll = rejectedInAll + 1;
    }

    List<Tuple3<String, String, Long>> entries() {
        List<Tuple3<String, String, Long>> entries = new ArrayList<>();
        all.forEach((table, counters) -> counters.forEach((name, counter) -> {
            if (counter.getCount() != 0) {
                entries.add(Tuple3.of(table, name, counter.getCount()));
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

    private Counter counter(String table, String name) {
        return all.computeIfAbsent(table, each -> new HashMap<>()).computeIfAbsent(name, each -> {
            MetricGroup owner = table.equals(NO_TABLE) ? group : group.addGroup(MetricNames.TABLE, table);
            return owner.counter(name);
        });
    }
}
