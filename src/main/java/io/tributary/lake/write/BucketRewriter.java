package io.tributary.lake.write;

import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.index.bucket.BucketIdentifier;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Writes all rows of a table once more, each into the bucket that it has among another number of buckets. The records stay
 * as they are, deleted rows and the instants in them too: for who reads changes nothing has changed.
 */
public final class BucketRewriter {
    private final TableId table;
    private final TableSchema schema;
    private final TableLayout layout;
    private final Configuration hadoop;
    private final FileGroups groups;

    /** @param layout of the table; where its files are, not in how many buckets they are to be */
    public BucketRewriter(TableId table, TableSchema schema, TableLayout layout) throws IOException {
        this.table = table;
        this.schema = schema;
        this.layout = layout;
        this.hadoop = layout.hadoop().configuration();
        this.groups = FileGroups.load(hadoop, layout.path(table.fullName()));
    }

    /** @return by partition the ids of the file groups that the table consists of now */
    public Map<String, List<String>> fileIds() {
        Map<String, List<String>> ids = new TreeMap<>();
        groups.all().forEach((partition, files) -> {
            List<String> ofPartition = new ArrayList<>();
            files.forEach(file -> ofPartition.add(file.fileId()));
            ids.put(partition, ofPartition);
        });
        return ids;
    }

    /** @return the new files; one partition is written after the other, all its buckets at once */
    public List<WrittenFile> write(String instant, int buckets) throws IOException {
        RecordCodec codec = new RecordCodec(table, schema);
        List<WrittenFile> written = new ArrayList<>();
        for (Map.Entry<String, List<BaseFile>> partition : groups.all().entrySet()) {
            Map<Integer, BaseFileWriter> writers = new LinkedHashMap<>();
            try {
                for (BaseFile file : partition.getValue()) {
                    copy(file, partition.getKey(), codec, instant, buckets, writers);
                }
                for (BaseFileWriter writer : writers.values()) {
                    written.add(writer.finish());
                }
            } finally {
                for (BaseFileWriter writer : writers.values()) {
                    writer.close();
                }
            }
        }
        return written;
    }

    private void copy(
            BaseFile file,
            String partition,
            RecordCodec codec,
            String instant,
            int buckets,
            Map<Integer, BaseFileWriter> writers)
            throws IOException {
        BaseFileReader.forEach(hadoop, file, codec, (key, record) -> {
            int bucket = TableLayout.bucketOf(key, buckets);
            if (!writers.containsKey(bucket)) {
                writers.put(bucket, open(partition, bucket, instant, codec));
            }
            writers.get(bucket).copy(key, record);
        });
    }

    private BaseFileWriter open(String partition, int bucket, String instant, RecordCodec codec) throws IOException {
        return new BaseFileWriter(
                hadoop,
                layout.path(table.fullName()),
                partition,
                BucketIdentifier.newBucketFileIdPrefix(bucket),
                instant,
                null,
                0,
                "0-" + bucket + "-0",
                codec,
                layout.hudiOptions(table.fullName()));
    }

    /** @return bytes of the files of the partition that has most */
    public long largestPartitionBytes() throws IOException {
        long largest = 0;
        for (List<BaseFile> files : groups.all().values()) {
            long bytes = 0;
            for (BaseFile file : files) {
                Path path = new Path(file.path());
                bytes += path.getFileSystem(hadoop).getFileStatus(path).getLen();
            }
            largest = Math.max(largest, bytes);
        }
        return largest;
    }

    /** @return rows that the table has now, deleted ones included, as its files' footers say */
    public long rows() throws IOException {
        long rows = 0;
        for (List<BaseFile> files : groups.all().values()) {
            for (BaseFile file : files) {
                try (ParquetFileReader footer =
                        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop))) {
                    rows += footer.getRecordCount();
                }
            }
        }
        return rows;
    }
}
