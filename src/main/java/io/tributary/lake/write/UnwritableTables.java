package io.tributary.lake.write;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.metrics.MetricNames;
import io.tributary.source.RawRecord;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables that a writer could not write when it last tried, and why; each is named in a metric. Not thread-safe. */
final class UnwritableTables {
    private static final Logger LOG = LoggerFactory.getLogger(UnwritableTables.class);

    private final MetricGroup group;
    private final Map<String, String> reasons = new TreeMap<>();
    private final Map<String, TableMetrics> metrics = new HashMap<>();

    private static final class TableMetrics {
        private volatile int unwritable;
        private final Counter deadLetters;

        private TableMetrics(MetricGroup table) {
            table.gauge(MetricNames.UNWRITABLE, () -> unwritable);
            deadLetters = table.counter(MetricNames.DEAD_LETTERS + Reason.UNWRITABLE_TABLE.label());
        }
    }

    /** @param group of the writer's own metrics */
    UnwritableTables(MetricGroup group) {
        this.group = group;
    }

    /** The writer itself has failed on the table, whatever the coordinator says of it. */
    static String failed(String table, Exception e) {
        LOG.error("Table {} cannot be written for now; it is tried again, the other tables go on", table, e);
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    void refused(String table, String why) {
        reasons.put(table, why);
        of(table).unwritable = 1;
    }

    void written(String table) {
        if (reasons.remove(table) != null) {
            LOG.info("Table {} can be written again", table);
            of(table).unwritable = 0;
        }
    }

    /** @return a dead letter that tells of the table's reason, counted */
    DeadLetter deadLetter(String table, RawRecord record) {
        of(table).deadLetters.inc();
        return new DeadLetter(
                record,
                Stage.LAKE,
                Reason.UNWRITABLE_TABLE,
                "table " + table + " cannot be written: " + reasons.get(table)
                        + ". Mend that, then send the dead letter in again");
    }

    /** @return why, by the tables' full names */
    Map<String, String> reasons() {
        return Collections.unmodifiableMap(reasons);
    }

    private TableMetrics of(String table) {
        return metrics.computeIfAbsent(table, name -> new TableMetrics(group.addGroup(MetricNames.TABLE, name)));
    }
}
