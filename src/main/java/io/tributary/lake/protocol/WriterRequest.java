package io.tributary.lake.protocol;

import io.tributary.debezium.TableId;
import io.tributary.lake.schema.TableSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;

/**
 * What a writer asks of the coordinator. Every request may be sent again when its answer is late: all are idempotent.
 * Immutable.
 */
public final class WriterRequest implements CoordinationRequest {
    /** What is asked. */
    public enum Kind {
        /** A new attempt has started; brings the pending writes of its state. */
        BOOT,
        /** Asks for the instants and schemas of tables that are about to be written. */
        BEGIN,
        /** All rows before a barrier are written; brings what was written. */
        FLUSHED,
        /** Asks to be answered when a checkpoint's writes are committed. */
        AWAIT_COMMIT
    }

    /** A table that is about to be written, with the schemas of its rows. */
    public static final class TableNeed implements Serializable {
        private static final long serialVersionUID = 1L;
        private final TableId table;
        private final ArrayList<TableSchema> schemas;

        public TableNeed(TableId table, List<TableSchema> schemas) {
            this.table = table;
            this.schemas = new ArrayList<>(schemas);
        }

        public TableId table() {
            return table;
        }

        /** @return in the order in which the rows came; none where there are no rows */
        public List<TableSchema> schemas() {
            return Collections.unmodifiableList(schemas);
        }
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int subtask;
    private final int attempt;
    private final long checkpoint;
    private final ArrayList<PendingWrite> writes;
    private final HashMap<String, TableNeed> needs;

    private WriterRequest(
            Kind kind,
            int subtask,
            int attempt,
            long checkpoint,
            Collection<PendingWrite> writes,
            Map<String, TableNeed> needs) {
        this.kind = kind;
        this.subtask = subtask;
        this.attempt = attempt;
        this.checkpoint = checkpoint;
        this.writes = new ArrayList<>(writes);
        this.needs = new HashMap<>(needs);
    }

    public static WriterRequest boot(int subtask, int attempt, Collection<PendingWrite> restored) {
        return new WriterRequest(Kind.BOOT, subtask, attempt, -1, restored, Map.of());
    }

    /**
     * @param lastBarrier the newest checkpoint whose barrier this writer has passed, -1 for none: rows after it may
     *     not get into an instant that is committed with it
     * @param needs by the tables' full names
     */
    public static WriterRequest begin(int subtask, int attempt, long lastBarrier, Map<String, TableNeed> needs) {
        return new WriterRequest(Kind.BEGIN, subtask, attempt, lastBarrier, List.of(), needs);
    }

    public static WriterRequest flushed(int subtask, int attempt, long checkpoint, Collection<PendingWrite> writes) {
        return new WriterRequest(Kind.FLUSHED, subtask, attempt, checkpoint, writes, Map.of());
    }

    public static WriterRequest awaitCommit(int subtask, int attempt, long checkpoint) {
        return new WriterRequest(Kind.AWAIT_COMMIT, subtask, attempt, checkpoint, List.of(), Map.of());
    }

    public Kind kind() {
        return kind;
    }

    public int subtask() {
        return subtask;
    }

    public int attempt() {
        return attempt;
    }

    public long checkpoint() {
        return checkpoint;
    }

    public List<PendingWrite> writes() {
        return writes;
    }

    public Map<String, TableNeed> needs() {
        return needs;
    }

    @Override
    public String toString() {
        return kind + " of subtask " + subtask + " attempt " + attempt + " checkpoint " + checkpoint;
    }
}
