package io.tributary.lake.write;

import io.tributary.debezium.TableId;
import io.tributary.lake.merge.ColumnPositions;
import io.tributary.lake.merge.RescuedData;
import io.tributary.lake.merge.RowState;
import io.tributary.lake.schema.AvroSchemas;
import io.tributary.lake.schema.AvroValues;
import io.tributary.lake.schema.MetaColumn;
import io.tributary.lake.schema.TableSchema;
import io.tributary.row.Column;
import io.tributary.row.Values;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hudi.org.apache.avro.Schema;
import org.apache.hudi.org.apache.avro.generic.GenericData;
import org.apache.hudi.org.apache.avro.generic.GenericRecord;
import org.apache.hudi.org.apache.avro.util.Utf8;

/** Rows of a table to and from the records of its files. Thread-safe. */
final class RecordCodec {
    static final int COMMIT_TIME = 0;
    static final int COMMIT_SEQNO = 1;
    static final int RECORD_KEY = 2;
    static final int PARTITION_PATH = 3;
    static final int FILE_NAME = 4;
    private static final int FIRST_COLUMN = AvroSchemas.HOODIE_FIELDS.size();

    private static final Utf8 DELETED = AvroValues.text("true");
    private static final Utf8 NOT_DELETED = AvroValues.text("false");

    private final TableSchema schema;
    private final Schema fileSchema;
    private final int firstMeta;

    private final Utf8 server;
    private final Utf8 database;
    private final Utf8 schemaName;
    private final Utf8 tableName;
    private final Map<String, Utf8> operations = new ConcurrentHashMap<>();

    RecordCodec(TableId table, TableSchema schema) {
        this.schema = schema;
        this.fileSchema = AvroSchemas.file(schema);
        this.firstMeta = FIRST_COLUMN + schema.columns().size();
        this.server = AvroValues.text(table.server());
        this.database = AvroValues.text(table.database());
        this.schemaName = AvroValues.text(table.schema());
        this.tableName = AvroValues.text(table.table());
    }

    TableSchema schema() {
        return schema;
    }

    Schema fileSchema() {
        return fileSchema;
    }

    /** @return the stored row's position; older than every other where it has none */
    String position(GenericRecord stored) {
        Object position = meta(stored, MetaColumn.SOURCE_POSITION);
        return position == null ? RowState.UNKNOWN : position.toString();
    }

    /** @return whether the stored row has values that are in no column */
    boolean hasRescued(GenericRecord stored) {
        return meta(stored, MetaColumn.RESCUED_DATA) != null;
    }

    RowState read(GenericRecord stored) {
        Object[] values = new Object[schema.columns().size()];
        Map<String, String> rescued = RescuedData.read(text(stored, MetaColumn.RESCUED_DATA));
        for (int i = 0; i < values.length; i++) {
            Column column = schema.columns().get(i);
            Object value = stored.get(FIRST_COLUMN + i);
            if (value != null) {
                values[i] = AvroValues.fromAvro(column.type(), value);
            } else if (rescued.containsKey(column.name())) {
                values[i] = new Values.Rescued(rescued.get(column.name()));
            }
        }
        Object sourceTsMs = meta(stored, MetaColumn.SOURCE_TS_MS);
        String position = position(stored);
        Map<String, String> positions = ColumnPositions.parse(text(stored, MetaColumn.COLUMN_POSITIONS));
        return new RowState(
                position,
                text(stored, MetaColumn.OP),
                Boolean.parseBoolean(text(stored, MetaColumn.DELETED)),
                sourceTsMs == null ? 0 : (Long) sourceTsMs,
                values,
                ColumnPositions.read(positions, schema, position),
                ColumnPositions.unplaced(rescued, positions, schema, position));
    }

    /** @return a record without Hudi's own fields */
    GenericRecord write(RowState row) {
        GenericData.Record written = new GenericData.Record(fileSchema);
        for (int i = 0; i < row.size(); i++) {
            Object value = row.value(i);
            if (value != null && !(value instanceof Values.Rescued)) {
                int field = FIRST_COLUMN + i;
                written.put(
                        field,
                        AvroValues.toAvro(
                                schema.columns().get(i).type(),
                                value,
                                fileSchema.getFields().get(field).schema()));
            }
        }
        put(written, MetaColumn.OP, row.op() == null ? null : operations.computeIfAbsent(row.op(), AvroValues::text));
        put(written, MetaColumn.NAME, server);
        put(written, MetaColumn.DB, database);
        put(written, MetaColumn.SCHEMA, schemaName);
        put(written, MetaColumn.TABLE, tableName);
        put(written, MetaColumn.SOURCE_TS_MS, row.sourceTsMs());
        put(written, MetaColumn.DELETED, row.deleted() ? DELETED : NOT_DELETED);
        put(written, MetaColumn.SOURCE_POSITION, AvroValues.text(row.position()));
        put(written, MetaColumn.COLUMN_POSITIONS, AvroValues.text(ColumnPositions.write(row, schema)));
        put(written, MetaColumn.RESCUED_DATA, AvroValues.text(RescuedData.write(row, schema)));
        return written;
    }

    private void put(GenericRecord record, MetaColumn column, Object value) {
        record.put(firstMeta + column.ordinal(), value);
    }

    private Object meta(GenericRecord record, MetaColumn column) {
        return record.get(firstMeta + column.ordinal());
    }

    private String text(GenericRecord record, MetaColumn column) {
        Object value = meta(record, column);
        return value == null ? null : value.toString();
    }
}
