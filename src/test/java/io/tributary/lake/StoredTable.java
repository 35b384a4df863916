package io.tributary.lake;

import io.tributary.lake.fs.HadoopSettings;
import io.tributary.lake.schema.AvroSchemas;
import io.tributary.lake.schema.AvroValues;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.client.common.HoodieFlinkEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;
import org.apache.hudi.io.storage.HoodieAvroParquetReader;
import org.apache.hudi.org.apache.avro.Schema;
import org.apache.hudi.org.apache.avro.generic.GenericRecord;

/** What is committed in a table, read from its files without any of the writer's reading code. */
public final class StoredTable {
    private final String basePath;
    private final Configuration hadoop;

    public StoredTable(String basePath) {
        this(basePath, Map.of());
    }

    public StoredTable(String basePath, Map<String, String> hadoopOptions) {
        this.basePath = basePath;
        this.hadoop = new HadoopSettings(hadoopOptions).configuration();
    }

    /** A stored row: values as {@link io.tributary.row.ColumnType} has them, Hudi's and the lake's columns too. */
    public record Row(String key, String partition, String commit, Map<String, Object> values) {
        public boolean deleted() {
            return "true".equals(values.get("__deleted"));
        }
    }

    public HoodieTableMetaClient metaClient() {
        return HoodieTableMetaClient.builder()
                .setConf(hadoop)
                .setBasePath(basePath)
                .setLoadActiveTimelineOnLoad(true)
                .build();
    }

    public List<HoodieInstant> pendingInstants() {
        return metaClient().getActiveTimeline().filterInflightsAndRequested().getInstants();
    }

    public int commits() {
        return metaClient()
                .getActiveTimeline()
                .getCommitTimeline()
                .filterCompletedInstants()
                .countInstants();
    }

    public List<HoodieBaseFile> baseFiles() {
        HoodieTableMetaClient meta = metaClient();
        HoodieTableFileSystemView view =
                new HoodieTableFileSystemView(meta, meta.getCommitsTimeline().filterCompletedInstants());
        List<HoodieBaseFile> files = new ArrayList<>();
        for (String partition : FSUtils.getAllPartitionPaths(
                new HoodieFlinkEngineContext(hadoop),
                HoodieMetadataConfig.newBuilder().enable(false).build(),
                basePath)) {
            view.getLatestBaseFiles(partition).forEach(files::add);
        }
        return files;
    }

    /** @return every stored row, deleted ones too; a key that is stored twice comes twice */
    public List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (HoodieBaseFile file : baseFiles()) {
            try (HoodieAvroParquetReader reader = new HoodieAvroParquetReader(hadoop, new Path(file.getPath()))) {
                Schema schema = reader.getSchema();
                TableSchema columns = AvroSchemas.columns(schema, List.of());
                try (var records = reader.getRecordIterator(schema)) {
                    while (records.hasNext()) {
                        rows.add(row((GenericRecord) records.next().getData(), columns));
                    }
                }
            }
        }
        return rows;
    }

    private static Row row(GenericRecord record, TableSchema columns) {
        Map<String, Object> values = new LinkedHashMap<>();
        record.getSchema().getFields().forEach(field -> {
            Object value = record.get(field.pos());
            int column = columns.indexOf(field.name());
            values.put(
                    field.name(),
                    value == null
                            ? null
                            : column >= 0
                                    ? AvroValues.fromAvro(
                                            columns.columns().get(column).type(), value)
                                    : value instanceof CharSequence ? value.toString() : value);
        });
        return new Row(
                record.get(2).toString(),
                record.get(3).toString(),
                record.get(0).toString(),
                values);
    }

    /** @return the rows that are not deleted, by key; fails on a key that is stored twice */
    public Map<String, Map<String, Object>> live() throws IOException {
        Map<String, Map<String, Object>> live = new TreeMap<>();
        Map<String, Row> all = new TreeMap<>();
        for (Row row : rows()) {
            if (all.put(row.key(), row) != null) {
                throw new AssertionError("key " + row.key() + " is stored twice in " + basePath);
            }
            if (!row.deleted()) {
                live.put(row.key(), row.values());
            }
        }
        return live;
    }
}
