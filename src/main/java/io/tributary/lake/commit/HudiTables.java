package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.schema.AvroSchemas;
import io.tributary.lake.schema.MetaColumn;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.common.model.DefaultHoodieRecordPayload;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.model.HoodieTimelineTimeZone;
import org.apache.hudi.common.table.HoodieTableConfig;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.TableSchemaResolver;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieInstantTimeGenerator;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lake's tables as Hudi copy-on-write tables (table version 6), each in a directory of its own. */
public final class HudiTables implements LakeTables {
    /** Our own entry in a table's {@code hoodie.properties}: Hudi 0.14 does not keep the number of buckets. */
    static final String BUCKETS_PROPERTY = "tributary.buckets";

    private static final Logger LOG = LoggerFactory.getLogger(HudiTables.class);

    private final TableLayout layout;
    private final Clock clock;

    /** The tables of a lake, with the system's clock. */
    public static LakeTables of(TableLayout layout) {
        return new HudiTables(layout, Clock.systemUTC());
    }

    HudiTables(TableLayout layout, Clock clock) {
        // Hudi's own instants (rollbacks, cleans) are in the process's zone until a table is made, then in that
        // table's; it
        // never goes back, and spins until the clock has come up.
        HoodieInstantTimeGenerator.setCommitTimeZone(HoodieTimelineTimeZone.UTC);
        this.layout = layout;
        this.clock = clock;
    }

    @Override
    public LakeTable open(TableId table, TableSchema needed, Set<String> keep) throws IOException {
        Configuration hadoop = layout.hadoop().configuration();
        String path = layout.path(table.fullName());
        Path properties = properties(path);
        boolean exists = exists(properties.getFileSystem(hadoop), properties);
        if (!exists && needed == null) {
            return null;
        }
        if (!exists) {
            create(table, needed, path, hadoop);
        } else {
            refuseDamaged(table.fullName(), properties, hadoop);
        }
        HoodieTableMetaClient meta = load(path, hadoop);
        check(table.fullName(), needed, meta, layout);
        TableSchema stored = stored(table.fullName(), meta);
        HudiTable opened =
                new HudiTable(table, layout, meta, stored == null ? needed : stored, new InstantClock(clock));
        // The newest first: Hudi refuses to roll back an instant while a later one is inflight.
        List<HoodieInstant> stale = new ArrayList<>(meta.getActiveTimeline()
                .getCommitsTimeline()
                .filterInflightsAndRequested()
                .getInstants());
        Collections.reverse(stale);
        for (HoodieInstant instant : stale) {
            if (!keep.contains(instant.getTimestamp())) {
                LOG.warn("Table {}: rolling back instant {}, which a dead attempt has left", table, instant);
                opened.rollback(instant.getTimestamp());
            }
        }
        return opened;
    }

    /**
     * A crash inside the creation of a table leaves an empty file on file systems that do not write files at once; one
     * inside a change of the properties leaves the old ones in their backup.
     */
    static boolean exists(FileSystem files, Path properties) throws IOException {
        if (files.exists(new Path(properties.getParent(), HoodieTableConfig.HOODIE_PROPERTIES_FILE_BACKUP))) {
            if (files.exists(properties) && files.getFileStatus(properties).getLen() == 0) {
                files.delete(properties, false);
            }
            HoodieTableConfig.recover(files, properties.getParent());
        }
        try {
            if (files.getFileStatus(properties).getLen() > 0) {
                return true;
            }
            files.delete(properties, false);
            return false;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** Hudi finds that out too, after five tries with a second between them, for which all tables would wait. */
    private static void refuseDamaged(String table, Path properties, Configuration hadoop) throws IOException {
        FileSystem files = properties.getFileSystem(hadoop);
        Path backup = new Path(properties.getParent(), HoodieTableConfig.HOODIE_PROPERTIES_FILE_BACKUP);
        if (!isValid(files, properties) && !isValid(files, backup)) {
            throw new IOException("the properties of table " + table + ", " + properties
                    + ", are damaged, and there is no valid " + backup.getName() + " beside them: restore the file from"
                    + " a copy, or move the table's directory away and replay its topic");
        }
    }

    private static boolean isValid(FileSystem files, Path path) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = files.open(path)) {
            properties.load(in);
            return HoodieTableConfig.validateChecksum(properties);
        } catch (FileNotFoundException | IllegalArgumentException e) {
            return false;
        }
    }

    /** @param path of the table's directory */
    static Path properties(String path) {
        return new Path(
                new Path(path, HoodieTableMetaClient.METAFOLDER_NAME), HoodieTableConfig.HOODIE_PROPERTIES_FILE);
    }

    /**
     * @param path of the table's directory
     * @return the table with its timeline as they are stored now
     */
    static HoodieTableMetaClient load(String path, Configuration hadoop) {
        return HoodieTableMetaClient.builder()
                .setConf(hadoop)
                .setBasePath(path)
                .setLoadActiveTimelineOnLoad(true)
                .build();
    }

    private void create(TableId table, TableSchema schema, String path, Configuration hadoop) throws IOException {
        List<String> partition = layout.partitionColumns(table.fullName());
        Properties properties = HoodieTableMetaClient.withPropertyBuilder()
                .setTableType(HoodieTableType.COPY_ON_WRITE)
                .setTableName(tableName(table))
                .setRecordKeyFields(String.join(",", schema.keyColumns()))
                .setPartitionFields(partitionFields(partition))
                .setPreCombineField(MetaColumn.SOURCE_POSITION.columnName())
                .setPayloadClassName(DefaultHoodieRecordPayload.class.getName())
                .setKeyGeneratorClassProp(keyGenerator(schema.keyColumns(), partition))
                .setHiveStylePartitioningEnable(true)
                .setUrlEncodePartitioning(true)
                .setCommitTimezone(HoodieTimelineTimeZone.UTC)
                .setTableCreateSchema(AvroSchemas.table(schema).toString())
                .setArchiveLogFolder(HoodieTableConfig.ARCHIVELOG_FOLDER.defaultValue())
                .setTimelineLayoutVersion(1)
                .setPopulateMetaFields(true)
                .build();
        properties.setProperty(BUCKETS_PROPERTY, Integer.toString(layout.buckets(table.fullName())));
        HoodieTableMetaClient.initTableAndGetMetaClient(hadoop, path, properties);
        LOG.info("Table {} created at {}: {}", table, path, schema);
    }

    static String tableName(TableId table) {
        return table.fullName().replace('.', '_');
    }

    private static String partitionFields(List<String> columns) {
        return columns.isEmpty() ? MetaColumn.TABLE.columnName() : String.join(",", columns);
    }

    private static String keyGenerator(List<String> keyColumns, List<String> partition) {
        return keyColumns.size() == 1 && partition.size() <= 1
                ? "org.apache.hudi.keygen.SimpleAvroKeyGenerator"
                : "org.apache.hudi.keygen.ComplexAvroKeyGenerator";
    }

    /** Changes nothing. As {@link #check(String, TableSchema, HoodieTableMetaClient, TableLayout)}, without a key. */
    static void check(String table, TableLayout layout, Configuration hadoop) throws IOException {
        String path = layout.path(table);
        refuseDamaged(table, properties(path), hadoop);
        HoodieTableMetaClient meta = HoodieTableMetaClient.builder()
                .setConf(hadoop)
                .setBasePath(path)
                .build();
        check(table, null, meta, layout);
    }

    /** A table that was made differently must not be written to: its rows would end up twice. */
    private static void check(String table, TableSchema needed, HoodieTableMetaClient meta, TableLayout layout)
            throws IOException {
        HoodieTableConfig config = meta.getTableConfig();
        String buckets = config.getProps().getProperty(BUCKETS_PROPERTY);
        if (buckets == null) {
            throw new IOException("the table in " + meta.getBasePathV2()
                    + " was not made by Tributary: move it away, or give" + " the lake another path");
        }
        if (config.getProps().containsKey(Rebucket.MARK)) {
            throw new IOException("table " + table + " is being given another number of buckets ("
                    + config.getProps().getProperty(Rebucket.MARK)
                    + "): wait for bin/rebucket to end, or, where it has been broken off, run it again");
        }
        if (needed != null) {
            same(table, "key", config.getRecordKeyFieldProp(), String.join(",", needed.keyColumns()), "key");
        }
        same(
                table,
                "partition columns",
                config.getPartitionFieldProp(),
                partitionFields(layout.partitionColumns(table)),
                "partition");
        same(table, "number of buckets", buckets, Integer.toString(layout.buckets(table)), "buckets");
        if (config.getTableType() != HoodieTableType.COPY_ON_WRITE) {
            throw new IOException("table " + table + " is " + config.getTableType()
                    + ", this job writes COPY_ON_WRITE: give the lake another path, or the table another name");
        }
    }

    private static void same(String table, String what, String stored, String configured, String option)
            throws IOException {
        if (!configured.equals(stored)) {
            throw new IOException("table " + table + " was made with " + what + " " + stored + ", but now it is "
                    + configured + ": set Table." + table + "." + option + "=" + stored
                    + (option.equals("buckets")
                            ? ", or stop the job and give the table another number with bin/rebucket"
                            : ", or move the table's directory away and replay its topic"));
        }
    }

    static TableSchema stored(String table, HoodieTableMetaClient meta) throws IOException {
        List<String> keyColumns =
                List.of(meta.getTableConfig().getRecordKeyFields().orElse(new String[0]));
        try {
            Option<Schema> committed = new TableSchemaResolver(meta).getTableAvroSchemaFromLatestCommit(false);
            Option<Schema> schema =
                    committed.isPresent() ? committed : meta.getTableConfig().getTableCreateSchema();
            return schema.isPresent() ? AvroSchemas.columns(schema.get(), keyColumns) : null;
        } catch (Exception e) {
            throw new IOException("the schema of table " + table + " cannot be read: " + e.getMessage(), e);
        }
    }
}
