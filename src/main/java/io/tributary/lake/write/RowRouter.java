package io.tributary.lake.write;

import io.tributary.config.LakeOptions.UnwritablePolicy;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.row.RowSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Turns change events into messages to the writers of their buckets, each schema announced to a bucket before its first
 * row. What has been announced is no state: after a restart everything is announced again, to writers that have forgotten
 * it too.
 */
public final class RowRouter extends ProcessFunction<ChangeEvent, LakeMessage> {
    private static final long serialVersionUID = 1L;

    private final TableLayout layout;
    private transient int subtask;
    /** By the identity of schemas, which their reader interns, within a table. */
    private transient Map<String, Map<RowSchema, Announced>> announced;

    private transient int schemas;

    /** What has been announced of one table's schema. */
    private static final class Announced {
        private final int number;
        private final Set<Integer> buckets = new HashSet<>();

        private Announced(int number) {
            this.number = number;
        }
    }

    public RowRouter(TableLayout layout) {
        this.layout = layout;
    }

    @Override
    public void open(OpenContext context) {
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        announced = new HashMap<>();
        schemas = 0;
    }

    @Override
    public void processElement(ChangeEvent event, Context context, Collector<LakeMessage> out) {
        String table = event.table().fullName();
        if (event.op() == Op.TRUNCATE) {
            for (int bucket = 0; bucket < layout.buckets(table); bucket++) {
                out.collect(new LakeMessage.TruncateMessage(
                        BucketPartitioner.route(table, bucket),
                        event.table(),
                        bucket,
                        event.position(),
                        event.sourceTsMs()));
            }
            return;
        }
        int bucket = layout.bucket(table, event.key());
        int route = BucketPartitioner.route(table, bucket);
        Announced schema = announced
                .computeIfAbsent(table, key -> new IdentityHashMap<>())
                .computeIfAbsent(event.schema(), key -> new Announced(schemas++));
        if (schema.buckets.add(bucket)) {
            out.collect(new LakeMessage.SchemaMessage(route, subtask, schema.number, event.table(), event.schema()));
        }
        boolean withRecord = layout.unwritable(table) == UnwritablePolicy.DEAD_LETTER;
        out.collect(LakeRow.of(event, route, subtask, schema.number, bucket, withRecord));
    }
}
