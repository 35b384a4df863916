package io.tributary.local.query;

import io.tributary.local.cli.CommandException;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.common.engine.HoodieLocalEngineContext;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieTimelineTimeZone;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.TableSchemaResolver;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;
import org.apache.hudi.common.util.CleanerUtils;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.org.apache.avro.Schema;

/** Asks Hudi which files make up a table at an instant, and what its columns and key are. */
final class LakeReader {
    private final Configuration hadoop;

    LakeReader(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * @param name full name, for messages too
     * @param directory the table's directory
     * @throws CommandException where the table cannot be read, or not as of that instant
     */
    TableState read(String name, Path directory, ReadOptions options) {
        HoodieTableMetaClient table = open(directory);
        ZoneId zone = zone(table);
        String until = options.asOf() == null ? null : InstantText.parse(options.asOf(), zone);
        String since = options.since() == null ? null : InstantText.parse(options.since(), zone);
        HoodieTimeline commits = table.getActiveTimeline().getCommitsTimeline().filterCompletedInstants();
        if (until != null) {
            refuseCleaned(name, table, until);
        }
        return new TableState(
                name,
                columns(name, table),
                keys(table),
                baseFiles(name, table, commits, until).stream()
                        .map(HoodieBaseFile::getPath)
                        .toList(),
                commits.countInstants(),
                lastOf(commits),
                since,
                until);
    }

    /** @return the table with every version of its files that the cleaner has left */
    TableState readVersions(String name, Path directory) {
        HoodieTableMetaClient table = open(directory);
        HoodieTimeline commits = table.getActiveTimeline().getCommitsTimeline().filterCompletedInstants();
        List<String> files =
                collect(name, table, commits, (view, partition) -> view.getAllBaseFiles(partition)).stream()
                        .map(HoodieBaseFile::getPath)
                        .toList();
        return new TableState(
                name, columns(name, table), keys(table), files, commits.countInstants(), lastOf(commits), null, null);
    }

    private static String lastOf(HoodieTimeline commits) {
        return commits.lastInstant().isPresent() ? commits.lastInstant().get().getTimestamp() : null;
    }

    HoodieTableMetaClient open(Path directory) {
        return HoodieTableMetaClient.builder()
                .setConf(hadoop)
                .setBasePath(directory.toString())
                .setLoadActiveTimelineOnLoad(true)
                .build();
    }

    static ZoneId zone(HoodieTableMetaClient table) {
        return table.getTableConfig().getTimelineTimezone() == HoodieTimelineTimeZone.UTC
                ? ZoneOffset.UTC
                : ZoneId.systemDefault();
    }

    private static List<LakeColumn> columns(String name, HoodieTableMetaClient table) {
        try {
            List<LakeColumn> columns = new ArrayList<>();
            for (Schema.Field field :
                    new TableSchemaResolver(table).getTableAvroSchema(true).getFields()) {
                columns.add(LakeColumn.of(field));
            }
            return columns;
        } catch (Exception e) {
            throw new CommandException(
                    "The columns of table " + name + " are not known: it has no completed commit with a schema yet ("
                            + e.getMessage() + "). Ask again after the job's next checkpoint",
                    e);
        }
    }

    private static List<String> keys(HoodieTableMetaClient table) {
        Option<String[]> keys = table.getTableConfig().getRecordKeyFields();
        return keys.isPresent() ? List.of(keys.get()) : List.of();
    }

    /** @param until the last instant that counts; null for the newest state */
    List<HoodieBaseFile> baseFiles(String name, HoodieTableMetaClient table, HoodieTimeline commits, String until) {
        return collect(
                name,
                table,
                commits,
                (view, partition) -> until == null
                        ? view.getLatestBaseFiles(partition)
                        : view.getLatestBaseFilesBeforeOrOn(partition, until));
    }

    private List<HoodieBaseFile> collect(
            String name,
            HoodieTableMetaClient table,
            HoodieTimeline commits,
            BiFunction<HoodieTableFileSystemView, String, Stream<HoodieBaseFile>> ofPartition) {
        List<HoodieBaseFile> files = new ArrayList<>();
        HoodieTableFileSystemView view = new HoodieTableFileSystemView(table, commits);
        try {
            List<String> partitions = FSUtils.getAllPartitionPaths(
                    new HoodieLocalEngineContext(hadoop), table.getBasePathV2().toString(), false, false);
            for (String partition : partitions) {
                refuseLogFiles(name, view, partition);
                ofPartition.apply(view, partition).forEach(files::add);
            }
        } finally {
            view.close();
        }
        return files;
    }

    private static void refuseLogFiles(String name, HoodieTableFileSystemView view, String partition) {
        if (view.getLatestFileSlices(partition)
                .anyMatch(slice -> slice.getLogFiles().findAny().isPresent())) {
            throw new CommandException("Table " + name + " is merge-on-read and has changes in log files (partition "
                    + partition + "), which this command does not read. Compact the table, or read it with an engine"
                    + " that merges log files");
        }
    }

    /** Files of instants before the last cleaning's horizon may be gone; an answer from what is left would be wrong. */
    private static void refuseCleaned(String name, HoodieTableMetaClient table, String until) {
        Option<HoodieInstant> clean = table.getActiveTimeline()
                .getCleanerTimeline()
                .filterCompletedInstants()
                .lastInstant();
        if (!clean.isPresent()) {
            return;
        }
        try {
            String horizon = CleanerUtils.getCleanerMetadata(table, clean.get()).getEarliestCommitToRetain();
            if (horizon != null && !horizon.isEmpty() && until.compareTo(horizon) < 0) {
                throw new CommandException("Table " + name + " cannot be read as of " + until
                        + ": files from before " + horizon + " have been cleaned. Ask for a later instant, or keep more"
                        + " history (Lake.hudi.hoodie.cleaner.commits.retained)");
            }
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot read the cleaning " + clean.get() + " of table " + name + ": " + e.getMessage(), e);
        }
    }
}
