package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.RescuedRewriter;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieTimeline;

/**
 * Moves the values of a table's {@code __rescued_data} into the columns that exist by now, in one commit. The job must be
 * stopped. What a crash leaves is an instant that is not committed: readers do not see it, and the next job that opens the
 * table rolls it back.
 */
public final class Repair {
    private final TableLayout layout;
    private final TableId table;
    private final Hook hook;

    /** Is called before each step, and may keep it from being done. */
    interface Hook {
        void before(Step step) throws IOException;
    }

    /** What is done, in this order. */
    enum Step {
        BEGIN,
        WRITE,
        COMMIT
    }

    /** @param lease of the lake, which has to be held at each step */
    public Repair(TableLayout layout, TableId table, LeaseKeeper lease) {
        this(layout, table, step -> lease.check());
    }

    Repair(TableLayout layout, TableId table, Hook hook) {
        this.layout = layout;
        this.table = table;
        this.hook = hook;
    }

    /** What there was to move, and where it is. Immutable. */
    public static final class Outcome {
        private final long rows;
        private final Map<String, RescuedRewriter.Counts> columns;
        private final String instant;

        private Outcome(RescuedRewriter rewriter, String instant) {
            this.rows = rewriter.rows();
            this.columns = rewriter.columns();
            this.instant = instant;
        }

        /** @return rows in which values were moved, or would be */
        public long rows() {
            return rows;
        }

        /** @return by column the rescued values that were moved, or would be, and that stay */
        public Map<String, RescuedRewriter.Counts> columns() {
            return columns;
        }

        /** @return of the commit; null where nothing was written */
        public String instant() {
            return instant;
        }
    }

    /**
     * @param dryRun only counts
     * @throws IOException where the table is not there, was not made by Tributary, or has writes that a job still has to
     *     commit; nothing is changed then
     */
    public Outcome run(boolean dryRun) throws IOException {
        IdleTable idle = new IdleTable(layout, table);
        HoodieTableMetaClient meta = idle.open();
        idle.refuseForeign(meta);
        idle.refuseMarked(meta);
        idle.refusePending(meta);
        TableSchema schema = HudiTables.stored(table.fullName(), meta);
        if (schema == null) {
            throw new IOException("table " + table + " has no commit yet, so there is nothing to repair");
        }
        Set<String> partitionColumns =
                Set.of(meta.getTableConfig().getPartitionFields().orElse(new String[0]));
        RescuedRewriter rewriter = new RescuedRewriter(table, schema, layout, partitionColumns);
        rewriter.count();
        if (dryRun || rewriter.rows() == 0) {
            return new Outcome(rewriter, null);
        }
        Set<String> known = IdleTable.instants(meta);
        HudiTable repaired = new HudiTable(table, layout, meta, schema, new InstantClock(Clock.systemUTC()));
        hook.before(Step.BEGIN);
        String instant = repaired.beginAlone();
        try {
            hook.before(Step.WRITE);
            List<WrittenFile> files = rewriter.write(instant);
            hook.before(Step.COMMIT);
            idle.refuseOthers(known, instant, HoodieTimeline.COMMIT_ACTION);
            repaired.commit(instant, List.of(new PendingWrite(0, table, instant, schema, WriteCounts.NONE, files)));
        } catch (IOException | RuntimeException e) {
            undo(idle, repaired, instant, e);
            throw e;
        }
        return new Outcome(rewriter, instant);
    }

    /** Takes the instant back, unless it is committed after all; where that fails too, the next job does it. */
    private static void undo(IdleTable idle, HudiTable table, String instant, Exception cause) {
        try {
            if (table.state(instant) == LakeTable.InstantState.PENDING) {
                idle.discard(instant, HoodieTimeline.COMMIT_ACTION);
            }
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
