package io.tributary.lake.write;

import io.tributary.lake.fs.EmptyFiles;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.AvroValues;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.avro.HoodieAvroWriteSupport;
import org.apache.hudi.client.FlinkTaskContextSupplier;
import org.apache.hudi.common.bloom.BloomFilterFactory;
import org.apache.hudi.common.bloom.BloomFilterTypeCode;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodiePartitionMetadata;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.model.IOType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.io.storage.HoodieAvroParquetWriter;
import org.apache.hudi.io.storage.HoodieParquetConfig;
import org.apache.hudi.org.apache.avro.Schema;
import org.apache.hudi.org.apache.avro.generic.GenericRecord;
import org.apache.hudi.org.apache.avro.generic.IndexedRecord;
import org.apache.hudi.org.apache.avro.util.Utf8;
import org.apache.hudi.table.marker.DirectWriteMarkers;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes one new base file of a file group, as Hudi's own handles would: the partition's metadata file, a marker for
 * rollbacks, then the records with Hudi's fields filled in. Used directly, since Hudi's insert path copies its whole
 * configuration for each row.
 */
final class BaseFileWriter implements AutoCloseable {
    private static final int BLOCK_BYTES = 120 * 1024 * 1024;

    private static final int PAGE_BYTES = 1024 * 1024;
    private static final double COMPRESSION_RATIO = 0.1;
    private static final String CODEC = "hoodie.parquet.compression.codec";
    /** Readers of other engines expect a bloom filter; with a bucket index nothing looks into it, so it is tiny. */
    private static final int BLOOM_ENTRIES = 100;

    private static final double BLOOM_ERROR_RATE = 0.1;

    /** Hudi's markers, each with few requests: Hudi looks for its directory and itself, and makes the directory first. */
    private static final class Markers extends DirectWriteMarkers {
        private static final long serialVersionUID = 1L;

        private final transient FileSystem fs;

        private Markers(FileSystem fs, String basePath, String instant) {
            super(fs, basePath, basePath + "/" + HoodieTableMetaClient.TEMPFOLDER_NAME + "/" + instant, instant);
            this.fs = fs;
        }

        private void mark(String partition, String file, IOType type) throws IOException {
            EmptyFiles.create(fs, getMarkerPath(partition, file, type));
        }
    }

    private final Configuration hadoop;
    private final String basePath;
    private final String partition;
    private final String fileId;
    private final String instant;
    private final BaseFile previous;
    private final int subtask;
    private final Path path;
    private final Schema schema;
    /** The same in all records. */
    private final Utf8 fileName;

    private final Utf8 commitTime;
    private final Utf8 partitionPath;
    private final HoodieAvroParquetWriter writer;
    private long rows;
    private long inserts;
    private long updates;
    private long deletes;
    private boolean closed;

    /**
     * @param partition path of the partition below {@code basePath}
     * @param previous the file that this one replaces; null for the first of its group
     * @param writeToken makes the file's name unique among all that were ever written into the instant
     */
    BaseFileWriter(
            Configuration hadoop,
            String basePath,
            String partition,
            String fileId,
            String instant,
            BaseFile previous,
            int subtask,
            String writeToken,
            RecordCodec codec,
            Map<String, String> hudiOptions)
            throws IOException {
        this.hadoop = hadoop;
        this.basePath = basePath;
        this.partition = partition;
        this.fileId = fileId;
        this.instant = instant;
        this.previous = previous;
        this.subtask = subtask;
        this.schema = codec.fileSchema();
        Path base = new Path(basePath);
        FileSystem fs = base.getFileSystem(hadoop);
        Path directory = FSUtils.getPartitionPath(base, partition);
        if (previous == null) {
            new HoodiePartitionMetadata(fs, instant, base, directory, Option.empty()).trySave(subtask);
        }
        String name = FSUtils.makeBaseFileName(instant, writeToken, fileId, ".parquet");
        this.path = new Path(directory, name);
        this.fileName = AvroValues.text(name);
        this.commitTime = AvroValues.text(instant);
        this.partitionPath = AvroValues.text(partition);
        new Markers(fs, basePath, instant).mark(partition, name, previous == null ? IOType.CREATE : IOType.MERGE);
        this.writer = open(codec, hudiOptions);
    }

    private HoodieAvroParquetWriter open(RecordCodec codec, Map<String, String> hudiOptions) throws IOException {
        HoodieAvroWriteSupport<IndexedRecord> support = new HoodieAvroWriteSupport<>(
                new AvroSchemaConverter(hadoop).convert(codec.fileSchema()),
                codec.fileSchema(),
                Option.of(BloomFilterFactory.createBloomFilter(
                        BLOOM_ENTRIES, BLOOM_ERROR_RATE, BLOOM_ENTRIES, BloomFilterTypeCode.SIMPLE.name())),
                new java.util.Properties());
        CompressionCodecName codecName = CompressionCodecName.fromConf(hudiOptions
                .getOrDefault(CODEC, CompressionCodecName.SNAPPY.name())
                .toUpperCase(java.util.Locale.ROOT));
        @SuppressWarnings({"unchecked", "rawtypes"})
        HoodieParquetConfig<HoodieAvroWriteSupport> config = new HoodieParquetConfig(
                support, codecName, BLOCK_BYTES, PAGE_BYTES, Long.MAX_VALUE, hadoop, COMPRESSION_RATIO, true);
        return new HoodieAvroParquetWriter(path, config, instant, new FlinkTaskContextSupplier(null), true);
    }

    /** Copies a stored record that has not changed. */
    void copy(String key, GenericRecord stored) throws IOException {
        stored.put(RecordCodec.FILE_NAME, fileName);
        writer.writeAvro(key, stored);
        rows++;
    }

    /** Writes a record that is new or has changed. */
    void write(String key, GenericRecord record, boolean update) throws IOException {
        record.put(RecordCodec.COMMIT_TIME, commitTime);
        record.put(RecordCodec.COMMIT_SEQNO, AvroValues.text(HoodieRecord.generateSequenceId(instant, subtask, rows)));
        record.put(RecordCodec.RECORD_KEY, AvroValues.text(key));
        record.put(RecordCodec.PARTITION_PATH, partitionPath);
        copy(key, record);
        if (update) {
            updates++;
        } else {
            inserts++;
        }
    }

    /** Counts a stored record that is not written again. */
    void dropped() {
        deletes++;
    }

    /** Closes the file. */
    WrittenFile finish() throws IOException {
        close();
        long bytes = path.getFileSystem(hadoop).getFileStatus(path).getLen();
        String relative = partition.isEmpty() ? path.getName() : partition + "/" + path.getName();
        return new WrittenFile(
                partition,
                fileId,
                relative,
                previous == null ? null : previous.instant(),
                rows,
                inserts,
                updates,
                deletes,
                bytes);
    }

    /** @param bytes its size */
    BaseFile file(long bytes) {
        return new BaseFile(fileId, path.toString(), instant, bytes, schema);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            writer.close();
        }
    }
}
