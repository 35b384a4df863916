package io.tributary.local.query;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.hudi.client.HoodieFlinkWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.client.common.HoodieFlinkEngineContext;
import org.apache.hudi.common.model.HoodieAvroRecord;
import org.apache.hudi.common.model.HoodieKey;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.model.HoodieRecordLocation;
import org.apache.hudi.common.model.OverwriteWithLatestAvroPayload;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.configuration.FlinkOptions;
import org.apache.hudi.configuration.HadoopConfigurations;
import org.apache.hudi.index.bucket.BucketIdentifier;
import org.apache.hudi.io.FlinkCreateHandle;
import org.apache.hudi.io.FlinkMergeHandle;
import org.apache.hudi.io.HoodieWriteHandle;
import org.apache.hudi.org.apache.avro.Schema;
import org.apache.hudi.org.apache.avro.generic.GenericData;
import org.apache.hudi.org.apache.avro.generic.GenericRecord;
import org.apache.hudi.table.HoodieFlinkTable;
import org.apache.hudi.util.FlinkWriteClients;
import org.apache.hudi.util.StreamerUtil;

/** A copy-on-write table with one bucket, written by Hudi itself, in the form the job gives its tables. */
final class HudiFixture {
    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .appendPattern("yyyyMMddHHmmss")
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .toFormatter();
    private static long lastInstantMs;

    private static final String FILE = BucketIdentifier.newBucketFileIdPrefix(0);

    private final String name;
    private final String table;
    private final String directory;
    private final String keys;
    private boolean exists;

    HudiFixture(Path lake, String name, String keys) {
        this.name = name;
        this.table = name.substring(name.lastIndexOf('.') + 1);
        this.directory = lake.resolve(name).toUri().toString();
        this.keys = keys;
    }

    /** @return a schema of nullable columns, then the job's own; each column is {@code name type} in Avro JSON */
    static Schema schema(String... columns) {
        StringBuilder fields = new StringBuilder();
        for (String column : columns) {
            String[] parts = column.split(" ", 2);
            fields.append("{\"name\":\"")
                    .append(parts[0])
                    .append("\",\"type\":[\"null\",")
                    .append(parts[1])
                    .append("],\"default\":null},");
        }
        for (String added : List.of("__op", "__table", "__deleted", "__source_position")) {
            fields.append("{\"name\":\"").append(added).append("\",\"type\":[\"null\",\"string\"],\"default\":null},");
        }
        fields.setLength(fields.length() - 1);
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"row\",\"fields\":[" + fields + "]}");
    }

    /**
     * Upserts rows and commits them.
     *
     * @param rows the table's own columns; {@code __op} may be given too and is {@code c} otherwise
     * @return the instant of the commit
     */
    String upsert(Schema schema, List<Map<String, Object>> rows) {
        Configuration options = options(schema);
        try {
            StreamerUtil.initTableIfNotExists(options);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        HoodieWriteConfig config = FlinkWriteClients.getHoodieClientConfig(options, false, false);
        try (HoodieFlinkWriteClient<OverwriteWithLatestAvroPayload> client = new HoodieFlinkWriteClient<>(
                new HoodieFlinkEngineContext(HadoopConfigurations.getHadoopConf(options)), config)) {
            client.setOperationType(WriteOperationType.UPSERT);
            String instant = begin(options);
            List<WriteStatus> written = write(client, instant, records(schema, rows));
            client.commit(instant, written, Option.of(Map.of()), "commit", Collections.emptyMap());
            exists = true;
            return instant;
        }
    }

    private List<WriteStatus> write(
            HoodieFlinkWriteClient<OverwriteWithLatestAvroPayload> client,
            String instant,
            List<HoodieRecord<OverwriteWithLatestAvroPayload>> records) {
        HoodieFlinkTable<OverwriteWithLatestAvroPayload> hoodie = client.getHoodieTable();
        String partition = "__table=" + table;
        HoodieWriteHandle<?, ?, ?, ?> handle = exists
                ? new FlinkMergeHandle<>(
                        client.getConfig(),
                        instant,
                        hoodie,
                        records.iterator(),
                        partition,
                        FILE,
                        hoodie.getTaskContextSupplier())
                : new FlinkCreateHandle<>(
                        client.getConfig(), instant, hoodie, partition, FILE, hoodie.getTaskContextSupplier());
        List<WriteStatus> statuses = new ArrayList<>(hoodie.upsert(client.getEngineContext(), handle, instant, records)
                .getWriteStatuses());
        client.cleanHandles();
        return statuses;
    }

    private List<HoodieRecord<OverwriteWithLatestAvroPayload>> records(Schema schema, List<Map<String, Object>> rows) {
        List<HoodieRecord<OverwriteWithLatestAvroPayload>> records = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            GenericRecord record = new GenericData.Record(schema);
            row.forEach(record::put);
            String op = (String) row.getOrDefault("__op", "c");
            record.put("__op", op);
            record.put("__deleted", Boolean.toString(op.equals("d")));
            record.put("__table", table);
            record.put("__source_position", "0");
            HoodieAvroRecord<OverwriteWithLatestAvroPayload> hoodie = new HoodieAvroRecord<>(
                    new HoodieKey(row.get(keys.split(",")[0]).toString(), "__table=" + table),
                    new OverwriteWithLatestAvroPayload(record, 0L));
            hoodie.unseal();
            hoodie.setCurrentLocation(new HoodieRecordLocation(exists ? "U" : "I", FILE));
            hoodie.seal();
            records.add(hoodie);
        }
        return records;
    }

    /** In the process's zone, the default of a table's timeline. Not Hudi's own: that keeps one zone for the process, and waits where the clock seems to have gone back. */
    private static synchronized String nextInstant(ZoneId zone) {
        lastInstantMs = Math.max(lastInstantMs + 1, System.currentTimeMillis());
        return INSTANT.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(lastInstantMs), zone));
    }

    private String begin(Configuration options) {
        HoodieTableMetaClient meta = StreamerUtil.createMetaClient(options);
        String instant = nextInstant(ZoneId.systemDefault());
        HoodieActiveTimeline timeline = meta.getActiveTimeline();
        timeline.createNewInstant(new HoodieInstant(HoodieInstant.State.REQUESTED, "commit", instant));
        timeline.transitionRequestedToInflight("commit", instant);
        return instant;
    }

    private Configuration options(Schema schema) {
        Configuration options = new Configuration();
        options.set(FlinkOptions.PATH, directory);
        options.set(FlinkOptions.TABLE_NAME, name);
        options.set(FlinkOptions.TABLE_TYPE, "COPY_ON_WRITE");
        options.set(FlinkOptions.OPERATION, "upsert");
        options.set(FlinkOptions.RECORD_KEY_FIELD, keys);
        options.set(FlinkOptions.PRECOMBINE_FIELD, "__source_position");
        options.set(FlinkOptions.PARTITION_PATH_FIELD, "__table");
        options.set(FlinkOptions.HIVE_STYLE_PARTITIONING, true);
        options.set(FlinkOptions.KEYGEN_CLASS_NAME, "org.apache.hudi.keygen.ComplexAvroKeyGenerator");
        options.set(FlinkOptions.INDEX_TYPE, "BUCKET");
        options.set(FlinkOptions.BUCKET_INDEX_NUM_BUCKETS, 1);
        options.set(FlinkOptions.METADATA_ENABLED, false);
        options.set(FlinkOptions.SOURCE_AVRO_SCHEMA, schema.toString());
        return options;
    }
}
