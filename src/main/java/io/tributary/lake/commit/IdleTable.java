package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieInstant.State;
import org.apache.hudi.common.table.timeline.HoodieTimeline;

/** A table whose job is stopped, for commands that write it; and what tells that it is not. */
final class IdleTable {
    private final TableLayout layout;
    private final TableId table;

    IdleTable(TableLayout layout, TableId table) {
        this.layout = layout;
        this.table = table;
    }

    /** @return the table as it is stored now */
    HoodieTableMetaClient open() throws IOException {
        String path = layout.path(table.fullName());
        if (!HudiTables.exists(files(), HudiTables.properties(path))) {
            throw new IOException("there is no table " + table + " in " + layout.lake());
        }
        return HudiTables.load(path, hadoop());
    }

    /** @return the table's number of buckets */
    int refuseForeign(HoodieTableMetaClient meta) throws IOException {
        String stored = meta.getTableConfig().getProps().getProperty(HudiTables.BUCKETS_PROPERTY);
        if (stored == null) {
            throw new IOException("the table in " + meta.getBasePathV2() + " was not made by Tributary");
        }
        return Integer.parseInt(stored);
    }

    void refuseMarked(HoodieTableMetaClient meta) throws IOException {
        if (meta.getTableConfig().getProps().getProperty(Rebucket.MARK) != null) {
            throw new IOException("table " + table
                    + " is being given another number of buckets: run bin/rebucket again until it has finished. Nothing"
                    + " has been changed");
        }
    }

    /** Their rows may be in a checkpoint that a job goes on from, and nowhere else. */
    void refusePending(HoodieTableMetaClient meta) throws IOException {
        List<HoodieInstant> pending = meta.getActiveTimeline()
                .getCommitsTimeline()
                .filterInflightsAndRequested()
                .getInstants();
        if (!pending.isEmpty()) {
            throw new IOException("table " + table + " has the uncommitted instant "
                    + pending.get(0).getTimestamp()
                    + ": a job is writing it, or has crashed. Start the job from its newest checkpoint, then stop it with a"
                    + " savepoint (flink stop), and try again. Nothing has been changed");
        }
    }

    /**
     * Takes back what was written into the instant. Hudi's own rollback refuses where a later one is committed. A job may
     * have had the same instant, for another action: what it has committed stays.
     */
    void discard(String instant, String action) throws IOException {
        Path directory = new Path(layout.path(table.fullName()));
        Set<String> committed = committed(instant);
        for (String partition : new StoredTables(layout).partitions(table.fullName())) {
            for (FileStatus file : files().listStatus(FSUtils.getPartitionPath(directory, partition))) {
                String name = file.getPath().getName();
                if (FSUtils.isBaseFile(file.getPath())
                        && FSUtils.getCommitTime(name).equals(instant)
                        && !committed.contains(name)) {
                    files().delete(file.getPath(), false);
                }
            }
        }
        files().delete(new Path(directory, HoodieTableMetaClient.TEMPFOLDER_NAME + "/" + instant), true);
        // the requested one last: it is what says that there is something to take back
        for (State state : List.of(State.INFLIGHT, State.REQUESTED)) {
            files().delete(new Path(metaFolder(), new HoodieInstant(state, action, instant).getFileName()), false);
        }
    }

    /** @return the names of the files that a commit at this instant has; none where there is no such commit */
    private Set<String> committed(String instant) throws IOException {
        HoodieTimeline commits = open().getCommitsTimeline().filterCompletedInstants();
        Set<String> names = new HashSet<>();
        for (HoodieInstant commit : commits.getInstants()) {
            if (commit.getTimestamp().equals(instant)) {
                HoodieCommitMetadata metadata = HoodieCommitMetadata.fromBytes(
                        commits.getInstantDetails(commit).get(), HoodieCommitMetadata.class);
                metadata.getFileIdAndRelativePaths().values().forEach(path -> names.add(new Path(path).getName()));
            }
        }
        return names;
    }

    /** @return the instants of the table, committed or not, each with its action and without its state */
    static Set<String> instants(HoodieTableMetaClient meta) {
        return meta.getCommitsTimeline()
                .getInstantsAsStream()
                .map(instant -> name(instant.getTimestamp(), instant.getAction()))
                .collect(Collectors.toSet());
    }

    /**
     * Which instant is the newest tells nothing: a job looks at its own clock, and may have begun at an earlier time than
     * this command, or at the same.
     *
     * @param before the {@link #instants} before the own one was begun
     * @throws IOException where another one has come meanwhile
     */
    void refuseOthers(Set<String> before, String instant, String action) throws IOException {
        Set<String> others = instants(open());
        others.removeAll(before);
        others.remove(name(instant, action));
        if (!others.isEmpty()) {
            throw new IOException("instant " + String.join(" and ", others) + " of table " + table
                    + " appeared meanwhile: a job writes it; stop the job. Nothing has been changed");
        }
    }

    private static String name(String instant, String action) {
        return instant + "." + action;
    }

    Path metaFolder() {
        return new Path(layout.path(table.fullName()), HoodieTableMetaClient.METAFOLDER_NAME);
    }

    FileSystem files() throws IOException {
        return metaFolder().getFileSystem(hadoop());
    }

    private Configuration hadoop() {
        return layout.hadoop().configuration();
    }
}
