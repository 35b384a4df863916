package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.fs.EmptyFiles;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.AvroSchemas;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.client.HoodieFlinkWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.client.common.HoodieFlinkEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.engine.EngineType;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.marker.MarkerType;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.view.FileSystemViewStorageConfig;
import org.apache.hudi.common.table.view.FileSystemViewStorageType;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.config.HoodieIndexConfig;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.index.HoodieIndex;

/** One Hudi table. Write clients are made when needed: each holds a copy of Hudi's whole configuration. */
final class HudiTable implements LakeTable {
    private static final int COMMITS_BETWEEN_MAINTENANCE = 10;
    /** Hudi archives no instant whose files it may still have to clean. */
    private static final int MORE_ON_THE_TIMELINE = 10;

    private static final int COMMITS_BETWEEN_ARCHIVALS = 20;

    private final TableId table;
    private final TableLayout layout;
    private final HoodieTableMetaClient meta;
    private final InstantClock clock;
    private TableSchema schema;
    private String lastInstant;
    private int commits;

    HudiTable(TableId table, TableLayout layout, HoodieTableMetaClient meta, TableSchema schema, InstantClock clock) {
        this.table = table;
        this.layout = layout;
        this.meta = meta;
        this.schema = schema;
        this.clock = clock;
        this.lastInstant = newest(meta.getActiveTimeline());
    }

    @Override
    public TableSchema schema() {
        return schema;
    }

    @Override
    public void widen(TableSchema needed) {
        schema = schema.widen(needed);
    }

    /** @return a new instant, later than all before; it is not on the timeline yet */
    String nextInstant() {
        lastInstant = clock.next(lastInstant);
        return lastInstant;
    }

    @Override
    public String begin() throws IOException {
        String instant = nextInstant();
        // Hudi's own looks for each file twice before it makes it, and a third time after
        for (HoodieInstant.State state : List.of(HoodieInstant.State.REQUESTED, HoodieInstant.State.INFLIGHT)) {
            String name = new HoodieInstant(state, HoodieTimeline.COMMIT_ACTION, instant).getFileName();
            Path file = new Path(meta.getMetaPath(), name);
            EmptyFiles.create(file.getFileSystem(layout.hadoop().configuration()), file);
        }
        return instant;
    }

    /** As {@link #begin()}, but fails where a job has the same instant: looked for before each file is made. */
    String beginAlone() {
        String instant = nextInstant();
        HoodieActiveTimeline timeline = meta.getActiveTimeline();
        timeline.createNewInstant(
                new HoodieInstant(HoodieInstant.State.REQUESTED, HoodieTimeline.COMMIT_ACTION, instant));
        timeline.transitionRequestedToInflight(HoodieTimeline.COMMIT_ACTION, instant);
        return instant;
    }

    @Override
    public InstantState state(String instant) {
        HoodieTimeline commits = meta.reloadActiveTimeline().getCommitsTimeline();
        if (commits.filterInflightsAndRequested().containsInstant(instant)) {
            return InstantState.PENDING;
        }
        boolean committed = commits.filterCompletedInstants().containsInstant(instant)
                || commits.isBeforeTimelineStarts(instant)
                        && meta.getArchivedTimeline("", false)
                                .getCommitsTimeline()
                                .filterCompletedInstants()
                                .containsInstant(instant);
        return committed ? InstantState.COMMITTED : InstantState.GONE;
    }

    @Override
    public void commit(String instant, List<PendingWrite> writes) throws IOException {
        commit(instant, newestOfGroups(writes), WriteOperationType.UPSERT, Collections.emptyMap());
        commits++;
    }

    private void commit(
            String instant,
            Iterable<WrittenFile> files,
            WriteOperationType operation,
            Map<String, List<String>> replaced)
            throws IOException {
        List<WriteStatus> statuses = new ArrayList<>();
        for (WrittenFile file : files) {
            statuses.add(status(file));
        }
        String action = replaced.isEmpty() ? HoodieTimeline.COMMIT_ACTION : HoodieTimeline.REPLACE_COMMIT_ACTION;
        try (HoodieFlinkWriteClient<?> client = client(meta)) {
            client.setOperationType(operation);
            if (!client.commit(instant, statuses, Option.of(Collections.emptyMap()), action, replaced)) {
                throw new IOException("Hudi did not commit instant " + instant + " of table " + table);
            }
        }
    }

    /** Puts an instant on the timeline whose files are to take the place of all that the table consists of. */
    void beginReplace(String instant) {
        HoodieActiveTimeline timeline = meta.getActiveTimeline();
        String action = HoodieTimeline.REPLACE_COMMIT_ACTION;
        timeline.createRequestedReplaceCommit(instant, action);
        timeline.transitionReplaceRequestedToInflight(
                new HoodieInstant(HoodieInstant.State.REQUESTED, action, instant), Option.empty());
    }

    /** @param replaced by partition the ids of the file groups that are not part of the table any more */
    void replace(String instant, List<WrittenFile> files, Map<String, List<String>> replaced) throws IOException {
        // Hudi asks the map whether it has the key null, which a sorted map cannot answer.
        commit(instant, files, WriteOperationType.INSERT_OVERWRITE_TABLE, new HashMap<>(replaced));
    }

    /** A bucket that was written twice into the instant has two files; the later one holds all its rows, and what it tells is of both. */
    private static Iterable<WrittenFile> newestOfGroups(List<PendingWrite> writes) {
        List<PendingWrite> inOrder = new ArrayList<>(writes);
        inOrder.sort(Comparator.comparingLong(PendingWrite::checkpoint));
        Map<String, WrittenFile> newest = new LinkedHashMap<>();
        for (PendingWrite write : inOrder) {
            write.files()
                    .forEach(file -> newest.merge(
                            file.partition() + "/" + file.fileId(),
                            file,
                            (earlier, later) -> later.following(earlier)));
        }
        return newest.values();
    }

    private WriteStatus status(WrittenFile file) {
        HoodieWriteStat stat = new HoodieWriteStat();
        stat.setPartitionPath(file.partition());
        stat.setFileId(file.fileId());
        stat.setPath(file.path());
        stat.setPrevCommit(file.previousInstant() == null ? HoodieWriteStat.NULL_COMMIT : file.previousInstant());
        stat.setNumWrites(file.rows());
        stat.setNumInserts(file.inserts());
        stat.setNumUpdateWrites(file.updates());
        stat.setNumDeletes(file.deletes());
        stat.setTotalWriteBytes(file.bytes());
        stat.setFileSizeInBytes(file.bytes());
        HoodieWriteStat.RuntimeStats runtime = new HoodieWriteStat.RuntimeStats();
        stat.setRuntimeStats(runtime);
        WriteStatus status = new WriteStatus(false, 0.0);
        status.setFileId(file.fileId());
        status.setPartitionPath(file.partition());
        status.setStat(stat);
        return status;
    }

    void rollback(String instant) {
        try (HoodieFlinkWriteClient<?> client = client(null)) {
            client.rollback(instant);
        }
        String newest = newest(meta.reloadActiveTimeline());
        if (newest != null && (lastInstant == null || newest.compareTo(lastInstant) > 0)) {
            lastInstant = newest;
        }
    }

    private static String newest(HoodieTimeline timeline) {
        return timeline.lastInstant().map(HoodieInstant::getTimestamp).orElse(null);
    }

    @Override
    public void maintain() {
        if (commits < COMMITS_BETWEEN_MAINTENANCE) {
            return;
        }
        commits = 0;
        try (HoodieFlinkWriteClient<?> client = client(null)) {
            client.clean();
            client.archive();
        }
    }

    /** @param opened see {@link OneWriterClient} */
    private HoodieFlinkWriteClient<?> client(HoodieTableMetaClient opened) {
        return new OneWriterClient<>(
                new HoodieFlinkEngineContext(layout.hadoop().configuration()), config(), opened);
    }

    private HoodieWriteConfig config() {
        Properties options = new Properties();
        options.putAll(layout.hudiOptions(table.fullName()));
        return HoodieWriteConfig.newBuilder()
                .withEngineType(EngineType.FLINK)
                .withPath(layout.path(table.fullName()))
                .forTable(HudiTables.tableName(table))
                .withSchema(AvroSchemas.table(schema).toString())
                .withAutoCommit(false)
                .withEmbeddedTimelineServerEnabled(false)
                .withMarkersType(MarkerType.DIRECT.name())
                .withFileSystemViewConfig(FileSystemViewStorageConfig.newBuilder()
                        .withStorageType(FileSystemViewStorageType.MEMORY)
                        .build())
                .withMetadataConfig(
                        HoodieMetadataConfig.newBuilder().enable(false).build())
                .withIndexConfig(HoodieIndexConfig.newBuilder()
                        .withIndexType(HoodieIndex.IndexType.BUCKET)
                        .withBucketNum(Integer.toString(layout.buckets(table.fullName())))
                        .withRecordKeyField(String.join(",", schema.keyColumns()))
                        .withIndexKeyField(String.join(",", schema.keyColumns()))
                        .build())
                .withCleanConfig(org.apache.hudi.config.HoodieCleanConfig.newBuilder()
                        .withAutoClean(false)
                        .retainCommits(layout.retainedCommits())
                        .build())
                .withArchivalConfig(org.apache.hudi.config.HoodieArchivalConfig.newBuilder()
                        .withAutoArchive(false)
                        .archiveCommitsWith(
                                layout.retainedCommits() + MORE_ON_THE_TIMELINE,
                                layout.retainedCommits() + MORE_ON_THE_TIMELINE + COMMITS_BETWEEN_ARCHIVALS)
                        .build())
                .withProps(options)
                .build();
    }
}
