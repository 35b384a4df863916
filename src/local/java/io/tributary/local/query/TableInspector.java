package io.tributary.local.query;

import io.tributary.local.cli.CommandException;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.util.ParquetUtils;

/** What Hudi's metadata tells of a table: its timeline, columns and files. */
final class TableInspector {
    private final Configuration hadoop;
    private final LakeReader reader;

    TableInspector(Configuration hadoop) {
        this.hadoop = hadoop;
        this.reader = new LakeReader(hadoop);
    }

    /** @return the active timeline, oldest first; figures for commits only */
    QueryResult commits(Path directory) {
        HoodieTableMetaClient table = reader.open(directory);
        ZoneId zone = LakeReader.zone(table);
        List<List<Object>> rows = new ArrayList<>();
        for (HoodieInstant instant : table.getActiveTimeline().getInstants()) {
            List<Object> row = new ArrayList<>(Arrays.asList(
                    instant.getTimestamp(),
                    InstantText.time(instant.getTimestamp(), zone),
                    instant.getAction(),
                    instant.getState().name().toLowerCase(Locale.ROOT)));
            row.addAll(figures(table, instant));
            rows.add(row);
        }
        return new QueryResult(
                List.of("instant", "time", "action", "state", "inserted", "updated", "deleted", "files", "bytes"),
                rows);
    }

    /** @return the columns in the table's order */
    QueryResult schema(TableState state) {
        List<List<Object>> rows = new ArrayList<>();
        for (LakeColumn column : state.columns()) {
            String origin = column.name().startsWith("_hoodie_") ? "hudi" : column.isMeta() ? "job" : "source";
            rows.add(List.of(column.name(), column.type(), state.keys().contains(column.name()), origin));
        }
        return new QueryResult(List.of("column", "type", "key", "origin"), rows);
    }

    /** @return the files of the state that the options name */
    QueryResult files(String name, Path directory, ReadOptions options) {
        TableState state = reader.read(name, directory, options);
        HoodieTableMetaClient table = reader.open(directory);
        HoodieTimeline commits = table.getActiveTimeline().getCommitsTimeline().filterCompletedInstants();
        String base = table.getBasePathV2().toString() + "/";
        List<List<Object>> rows = new ArrayList<>();
        for (HoodieBaseFile file : reader.baseFiles(name, table, commits, state.until())) {
            rows.add(List.of(
                    file.getPath().substring(file.getPath().indexOf(base) + base.length()),
                    file.getCommitTime(),
                    new ParquetUtils().getRowCount(hadoop, new Path(file.getPath())),
                    file.getFileSize()));
        }
        return new QueryResult(List.of("file", "instant", "rows", "bytes"), rows);
    }

    private static List<Object> figures(HoodieTableMetaClient table, HoodieInstant instant) {
        if (!instant.isCompleted() || !instant.getAction().equals(HoodieTimeline.COMMIT_ACTION)) {
            return Arrays.asList(null, null, null, null, null);
        }
        try {
            HoodieCommitMetadata commit = HoodieCommitMetadata.fromBytes(
                    table.getActiveTimeline().getInstantDetails(instant).get(), HoodieCommitMetadata.class);
            List<HoodieWriteStat> stats = commit.getWriteStats();
            return List.of(
                    stats.stream().mapToLong(HoodieWriteStat::getNumInserts).sum(),
                    stats.stream()
                            .mapToLong(HoodieWriteStat::getNumUpdateWrites)
                            .sum(),
                    stats.stream().mapToLong(HoodieWriteStat::getNumDeletes).sum(),
                    (long) stats.size(),
                    stats.stream()
                            .mapToLong(HoodieWriteStat::getTotalWriteBytes)
                            .sum());
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot read the commit " + instant + " in " + table.getBasePathV2() + ": " + e.getMessage(), e);
        }
    }
}
