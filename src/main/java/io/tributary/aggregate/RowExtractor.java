package io.tributary.aggregate;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the changes of one table and reads the columns that the aggregate needs. A row that cannot be counted goes on as
 * a DELETE, so that what an earlier version of it contributed is taken out, and becomes a dead letter.
 */
final class RowExtractor extends ProcessFunction<ChangeEvent, RowChange> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RowExtractor.class);
    private static final int MAX_PLANS = 1_000;

    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", DeadLetter.TYPE);
    /** Positions of truncates. */
    static final OutputTag<String> TRUNCATES = new OutputTag<>("truncates", Types.STRING);

    private final String aggregate;
    private final Node node;
    private final EventTime eventTime;
    private final boolean timeFromSource;
    private final boolean timeNeeded;
    private final ReaderFactory readers;
    private final Set<String> wanted;
    private transient Map<String, RowPlan> plans;
    private transient Counter uncountable;

    RowExtractor(AggregateSpec spec, Node node, ReaderFactory readers) {
        this.aggregate = spec.name();
        this.node = node;
        this.eventTime = spec.eventTime();
        this.timeFromSource = node.isRoot() && spec.timeColumn() == null;
        this.timeNeeded = node.isRoot() && !spec.windows().isTotal();
        this.readers = readers;
        this.wanted = new HashSet<>();
        node.columns().forEach(use -> wanted.add(use.column()));
    }

    @Override
    public void open(OpenContext context) {
        plans = new HashMap<>();
        uncountable =
                AggregateMetrics.counter(getRuntimeContext().getMetricGroup(), aggregate, AggregateMetrics.UNCOUNTABLE);
    }

    @Override
    public void processElement(ChangeEvent event, Context context, Collector<RowChange> out) {
        if (!event.table().fullName().equals(node.table())) {
            return;
        }
        if (event.op() == Op.TRUNCATE) {
            context.output(TRUNCATES, event.position());
        } else if (event.op() == Op.DELETE) {
            out.collect(change(event, RowChange.Kind.DELETE, lastValues(event)));
        } else {
            try {
                out.collect(change(event, RowChange.Kind.PUT, values(event)));
            } catch (MalformedRowException | UncountableException e) {
                uncountable.inc();
                context.output(DEAD_LETTERS, rejected(event, e.getMessage()));
                out.collect(change(event, RowChange.Kind.DELETE, null));
            }
        }
    }

    private Object[] values(ChangeEvent event) throws MalformedRowException, UncountableException {
        Object[] values = plan(event.schema()).read(event.bytes(), event.offset(), event.length());
        if (timeFromSource) {
            values[Slots.TIME] = sourceTime(event);
        }
        if (timeNeeded && values[Slots.TIME] == null) {
            throw new UncountableException("the event time is null, so the row is in no window");
        }
        return values;
    }

    private static long sourceTime(ChangeEvent event) throws UncountableException {
        try {
            return EventTime.inRange(event.sourceTsMs());
        } catch (UncountableException e) {
            throw new UncountableException("source.ts_ms " + e.getMessage());
        }
    }

    /** A before-image may lack anything; it serves only to tell whether the delete of an unknown row is late. */
    private Object[] lastValues(ChangeEvent event) {
        if (event.schema() == null || event.bytes() == null) {
            return null;
        }
        try {
            return values(event);
        } catch (MalformedRowException | UncountableException e) {
            return null;
        }
    }

    private RowPlan plan(RowSchema schema) {
        RowPlan plan = plans.get(schema.id());
        if (plan == null) {
            if (plans.size() >= MAX_PLANS) {
                plans.clear();
            }
            plan = new RowPlan(schema, readers.readerOf(schema, wanted), node, eventTime);
            plans.put(schema.id(), plan);
            List<ColumnUse> missing = plan.missing();
            if (!missing.isEmpty()) {
                LOG.warn(
                        "Aggregate.{}: rows of {} with schema {} lack {}; a missing group is null",
                        aggregate,
                        node.table(),
                        schema.id(),
                        missing);
            }
        }
        return plan;
    }

    private DeadLetter rejected(ChangeEvent event, String why) {
        return new DeadLetter(
                event.record(),
                Stage.AGGREGATE,
                Reason.MALFORMED,
                "Aggregate." + aggregate + ": " + node.table() + " at "
                        + event.record().coordinates() + ": " + why);
    }

    private static RowChange change(ChangeEvent event, RowChange.Kind kind, Object[] values) {
        long sourceTime = event.sourceTsMs() > 0 ? event.sourceTsMs() : RowChange.NO_SOURCE_TIME;
        return new RowChange(
                kind, event.key(), event.position(), event.op() == Op.READ, values, sourceTime, event.record());
    }
}
