package io.tributary.lake.commit;

import io.tributary.lake.fs.LakePath;
import io.tributary.lake.schema.AvroSchemas;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.client.common.HoodieFlinkEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.common.util.PartitionPathEncodeUtils;

/** The tables of a lake as they are stored, read beside their writers. Thread-safe. */
public final class StoredTables {
    private final TableLayout layout;
    private final String lake;
    private final Configuration hadoop;

    public StoredTables(TableLayout layout) {
        this.layout = layout;
        this.lake = layout.lake();
        this.hadoop = layout.hadoop().configuration();
    }

    /** @return the full names of the lake's tables; none where there is no lake yet */
    public List<String> names() throws IOException {
        Path directory = new Path(lake);
        FileSystem files = directory.getFileSystem(hadoop);
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus entry : files.listStatus(directory)) {
                if (entry.isDirectory()
                        && files.exists(HudiTables.properties(entry.getPath().toString()))) {
                    names.add(entry.getPath().getName());
                }
            }
        } catch (FileNotFoundException noLakeYet) {
            return List.of();
        }
        return names;
    }

    /**
     * @param table its full name
     * @return null where nothing is committed to it
     */
    public TableDescription describe(String table) throws IOException {
        HoodieTableMetaClient meta = HudiTables.load(LakePath.table(lake, table), hadoop);
        Option<HoodieInstant> newest =
                meta.getCommitsTimeline().filterCompletedInstants().lastInstant();
        if (!newest.isPresent()) {
            return null;
        }
        TableSchema schema = HudiTables.stored(table, meta);
        return new TableDescription(
                meta.getBasePathV2().toString(),
                newest.get().getTimestamp(),
                AvroSchemas.columns(schema),
                List.of(meta.getTableConfig().getPartitionFields().orElse(new String[0])));
    }

    /**
     * Checks a table of the lake as a job with this layout does when it opens it, but for the key, which the stream tells.
     *
     * @param table its full name
     * @throws IOException where such a job would not write to it; says why and what to do
     */
    public void requireWritable(String table) throws IOException {
        HudiTables.check(table, layout, hadoop);
    }

    /** @return the partitions that a table has, as paths below its directory; reads the whole directory */
    public List<String> partitions(String table) {
        return FSUtils.getAllPartitionPaths(
                new HoodieFlinkEngineContext(hadoop),
                HoodieMetadataConfig.newBuilder().enable(false).build(),
                LakePath.table(lake, table));
    }

    /** @return the values in a partition's path, {@code a=1/b=x%20y}, outermost first */
    public static List<String> partitionValues(String path) {
        List<String> values = new ArrayList<>();
        for (String part : path.split("/")) {
            values.add(PartitionPathEncodeUtils.unescapePathName(part.substring(part.indexOf('=') + 1)));
        }
        return values;
    }
}
