package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.commit.LakeTable.InstantState;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.BucketRewriter;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.hudi.common.table.HoodieTableConfig;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieTimeline;

/**
 * Gives a table another number of buckets: writes all its rows into new files, and puts them in the old ones' place with
 * one Hudi replace commit. Readers see the old files until that commit and the new ones after it; older instants stay
 * readable as far as the cleaner keeps them. The job must be stopped.
 *
 * <p>Before the first file is written the table is marked, and no job opens it until the work is done: a crash, at any
 * moment, leaves a table that reads as before, and the same command again finishes it.
 */
public final class Rebucket {
    /** In a table's {@code hoodie.properties} while this is at work: {@code <buckets>:<instant>}. */
    static final String MARK = "tributary.rebucket";

    private final TableLayout layout;
    private final TableId table;
    private final IdleTable idle;
    private final Clock clock;
    private final Hook hook;

    /** What is done, in this order. */
    enum Step {
        MARK,
        BEGIN,
        WRITE,
        COMMIT,
        RECORD,
        UNMARK
    }

    /** Is called before each step, and may keep it from being done. */
    interface Hook {
        void before(Step step) throws IOException;
    }

    /** @param lease of the lake, which has to be held at each step */
    public Rebucket(TableLayout layout, TableId table, LeaseKeeper lease) {
        this(layout, table, Clock.systemUTC(), step -> lease.check());
    }

    Rebucket(TableLayout layout, TableId table, Clock clock, Hook hook) {
        this.layout = layout;
        this.table = table;
        this.idle = new IdleTable(layout, table);
        this.clock = clock;
        this.hook = hook;
    }

    /** What the table was, and is. Immutable. */
    public static final class Outcome {
        private final int bucketsBefore;
        private final int buckets;
        private final long rows;
        private final long bytes;

        private Outcome(int bucketsBefore, int buckets, long rows, long bytes) {
            this.bucketsBefore = bucketsBefore;
            this.buckets = buckets;
            this.rows = rows;
            this.bytes = bytes;
        }

        public int bucketsBefore() {
            return bucketsBefore;
        }

        public int buckets() {
            return buckets;
        }

        /** @return rows that were written, deleted ones among them; 0 where the work was done already */
        public long rows() {
            return rows;
        }

        /** @return of the new files */
        public long bytes() {
            return bytes;
        }
    }

    /**
     * @param buckets of each partition, from 1
     * @throws IOException where the table is not there, was not made by Tributary, or has writes that a job still has to
     *     commit; nothing is changed then
     */
    public Outcome run(int buckets) throws IOException {
        HoodieTableMetaClient meta = idle.open();
        int before = idle.refuseForeign(meta);
        finishOrUndo(meta);
        meta = idle.open();
        int stored = idle.refuseForeign(meta);
        idle.refusePending(meta);
        if (stored == buckets) {
            return new Outcome(before, buckets, 0, 0);
        }
        TableSchema schema = HudiTables.stored(table.fullName(), meta);
        if (schema == null) {
            throw new IOException("table " + table + " has no commit yet: set its number of buckets and start the job");
        }
        Set<String> known = IdleTable.instants(meta);
        HudiTable rewritten = new HudiTable(table, layout, meta, schema, new InstantClock(clock));
        String instant = rewritten.nextInstant();
        step(Step.MARK);
        update(Map.of(MARK, buckets + ":" + instant));
        step(Step.BEGIN);
        rewritten.beginReplace(instant);
        step(Step.WRITE);
        BucketRewriter rewriter = new BucketRewriter(table, schema, layout);
        long rows = rewriter.rows();
        List<WrittenFile> files = rewriter.write(instant, buckets);
        long written = files.stream().mapToLong(WrittenFile::rows).sum();
        try {
            if (written != rows) {
                throw new IOException("table " + table + " has " + rows + " rows, but " + written
                        + " were written: nothing has been changed; this is a defect, report it");
            }
            idle.refuseOthers(known, instant, HoodieTimeline.REPLACE_COMMIT_ACTION);
        } catch (IOException e) {
            idle.discard(instant, HoodieTimeline.REPLACE_COMMIT_ACTION);
            unmark();
            throw e;
        }
        step(Step.COMMIT);
        rewritten.replace(instant, files, rewriter.fileIds());
        record(buckets);
        return new Outcome(
                before,
                buckets,
                rows,
                files.stream().mapToLong(WrittenFile::bytes).sum());
    }

    /** What a dead run has left: with its commit made the rest is done, without it all is undone. */
    private void finishOrUndo(HoodieTableMetaClient meta) throws IOException {
        String mark = meta.getTableConfig().getProps().getProperty(MARK);
        if (mark == null) {
            return;
        }
        int colon = mark.indexOf(':');
        String instant = mark.substring(colon + 1);
        HudiTable marked =
                new HudiTable(table, layout, meta, HudiTables.stored(table.fullName(), meta), new InstantClock(clock));
        if (marked.state(instant) == InstantState.COMMITTED) {
            record(Integer.parseInt(mark.substring(0, colon)));
        } else {
            idle.discard(instant, HoodieTimeline.REPLACE_COMMIT_ACTION);
            unmark();
        }
    }

    private void record(int buckets) throws IOException {
        step(Step.RECORD);
        update(Map.of(HudiTables.BUCKETS_PROPERTY, Integer.toString(buckets)));
        step(Step.UNMARK);
        unmark();
    }

    private void step(Step step) throws IOException {
        hook.before(step);
    }

    /** @return the bytes of the files that the table consists of now, in its largest partition */
    public long bytes() throws IOException {
        idle.open();
        return new BucketRewriter(table, null, layout).largestPartitionBytes();
    }

    private void update(Map<String, String> values) throws IOException {
        Properties properties = new Properties();
        properties.putAll(values);
        HoodieTableConfig.update(idle.files(), idle.metaFolder(), properties);
    }

    private void unmark() throws IOException {
        HoodieTableConfig.delete(idle.files(), idle.metaFolder(), Set.of(MARK));
    }
}
