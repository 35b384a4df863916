package io.tributary.lake.write;

import io.tributary.lake.schema.AvroSchemas;
import io.tributary.lake.schema.AvroValues;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.schema.TypeWidening;
import io.tributary.row.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.util.collection.ClosableIterator;
import org.apache.hudi.io.storage.HoodieAvroParquetReader;
import org.apache.hudi.org.apache.avro.Schema;
import org.apache.hudi.org.apache.avro.generic.GenericData;
import org.apache.hudi.org.apache.avro.generic.GenericRecord;
import org.apache.hudi.org.apache.avro.generic.IndexedRecord;

/** Reads the records of a base file in the schema that its table has now; the file may have an older one. */
final class BaseFileReader implements AutoCloseable {
    private final HoodieAvroParquetReader reader;
    private final ClosableIterator<HoodieRecord<IndexedRecord>> records;
    private final Schema target;

    /** For each field of the target its place in the record that was read, or -1; null where the schemas are one. */
    private final int[] sources;

    private final List<UnaryOperator<Object>> converters;

    /** Gets the rows of a file. */
    interface RowConsumer {
        void accept(String key, GenericRecord stored) throws IOException;
    }

    /**
     * Reads all rows, in their order.
     *
     * @param file null for none, which has no rows
     */
    static void forEach(Configuration hadoop, BaseFile file, RecordCodec codec, RowConsumer rows) throws IOException {
        if (file == null) {
            return;
        }
        try (BaseFileReader reader = new BaseFileReader(hadoop, file, codec)) {
            while (reader.records.hasNext()) {
                GenericRecord stored = reader.next();
                rows.accept(stored.get(RecordCodec.RECORD_KEY).toString(), stored);
            }
        }
    }

    private BaseFileReader(Configuration hadoop, BaseFile file, RecordCodec codec) throws IOException {
        this.reader = new HoodieAvroParquetReader(hadoop, new Path(file.path()));
        this.target = codec.fileSchema();
        Schema stored = file.schema() == null ? reader.getSchema() : file.schema();
        if (stored.getFields().equals(target.getFields())) {
            this.sources = null;
            this.converters = null;
        } else {
            TableSchema table = codec.schema();
            TableSchema older = AvroSchemas.columns(stored, table.keyColumns());
            this.sources = new int[target.getFields().size()];
            this.converters = new ArrayList<>();
            plan(stored, older, table);
        }
        this.records = reader.getRecordIterator(stored);
    }

    private void plan(Schema stored, TableSchema older, TableSchema table) {
        for (Schema.Field field : target.getFields()) {
            Schema.Field source = stored.getField(field.name());
            sources[field.pos()] = source == null ? -1 : source.pos();
            int to = table.indexOf(field.name());
            int from = older.indexOf(field.name());
            if (to < 0 || from < 0) {
                converters.add(UnaryOperator.identity());
                continue;
            }
            Column target = table.columns().get(to);
            Column origin = older.columns().get(from);
            if (origin.type().equals(target.type())) {
                converters.add(UnaryOperator.identity());
            } else {
                UnaryOperator<Object> widen = TypeWidening.converter(origin.type(), target.type());
                converters.add(value -> AvroValues.toAvro(
                        target.type(), widen.apply(AvroValues.fromAvro(origin.type(), value)), field.schema()));
            }
        }
    }

    private GenericRecord next() {
        GenericRecord read = (GenericRecord) records.next().getData();
        if (sources == null) {
            return read;
        }
        GenericData.Record converted = new GenericData.Record(target);
        for (int i = 0; i < sources.length; i++) {
            Object value = sources[i] < 0 ? null : read.get(sources[i]);
            converted.put(i, value == null ? null : converters.get(i).apply(value));
        }
        return converted;
    }

    @Override
    public void close() {
        records.close();
        reader.close();
    }
}
