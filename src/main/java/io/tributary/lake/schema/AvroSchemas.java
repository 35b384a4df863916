package io.tributary.lake.schema;

import io.tributary.row.Column;
import io.tributary.row.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.org.apache.avro.JsonProperties;
import org.apache.hudi.org.apache.avro.LogicalType;
import org.apache.hudi.org.apache.avro.LogicalTypes;
import org.apache.hudi.org.apache.avro.Schema;

/**
 * Lake tables as Hudi's Avro schemas: the source's columns, then the {@link MetaColumn}s, every field nullable with
 * default null. Hudi's own five fields come first in the schema of a file.
 */
public final class AvroSchemas {
    /** Hudi's own fields, in the order in which files have them. */
    public static final List<String> HOODIE_FIELDS = List.of(
            HoodieRecord.COMMIT_TIME_METADATA_FIELD,
            HoodieRecord.COMMIT_SEQNO_METADATA_FIELD,
            HoodieRecord.RECORD_KEY_METADATA_FIELD,
            HoodieRecord.PARTITION_PATH_METADATA_FIELD,
            HoodieRecord.FILENAME_METADATA_FIELD);

    private static final String NAMESPACE = "io.tributary.lake";

    private AvroSchemas() {}

    /** @return the schema that commits and the table's properties carry: without Hudi's own fields */
    public static Schema table(TableSchema schema) {
        return record(schema, false);
    }

    /** @return the schema of the table's files: Hudi's own fields first */
    public static Schema file(TableSchema schema) {
        return record(schema, true);
    }

    private static Schema record(TableSchema schema, boolean hoodieFields) {
        List<Column> columns = columns(schema);
        List<Schema.Field> fields = new ArrayList<>();
        for (Column column : hoodieFields ? columns : columns.subList(HOODIE_FIELDS.size(), columns.size())) {
            fields.add(field(column.name(), column.type()));
        }
        Schema record = Schema.createRecord("row", null, NAMESPACE, false);
        record.setFields(fields);
        return record;
    }

    /** @return the columns of the table's files: Hudi's own first, the source's, then the {@link MetaColumn}s */
    public static List<Column> columns(TableSchema schema) {
        List<Column> columns = new ArrayList<>();
        HOODIE_FIELDS.forEach(name -> columns.add(new Column(name, ColumnType.STRING, true)));
        columns.addAll(schema.columns());
        for (MetaColumn column : MetaColumn.values()) {
            columns.add(new Column(column.columnName(), column.type(), true));
        }
        return columns;
    }

    private static Schema.Field field(String name, ColumnType type) {
        return new Schema.Field(name, nullable(of(type)), null, JsonProperties.NULL_VALUE);
    }

    private static Schema nullable(Schema schema) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }

    private static Schema of(ColumnType type) {
        switch (type.kind()) {
            case BOOLEAN:
                return Schema.create(Schema.Type.BOOLEAN);
            case INT:
                return Schema.create(Schema.Type.INT);
            case LONG:
                return Schema.create(Schema.Type.LONG);
            case FLOAT:
                return Schema.create(Schema.Type.FLOAT);
            case DOUBLE:
                return Schema.create(Schema.Type.DOUBLE);
            case DECIMAL:
                String name = "decimal_" + type.precision() + "_" + type.scale();
                Schema fixed = Schema.createFixed(name, null, NAMESPACE, decimalBytes(type.precision()));
                return LogicalTypes.decimal(type.precision(), type.scale()).addToSchema(fixed);
            case DATE:
                return LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIMESTAMP:
                return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case STRING:
                return Schema.create(Schema.Type.STRING);
            case BYTES:
                return Schema.create(Schema.Type.BYTES);
            case ARRAY:
                return Schema.createArray(nullable(of(type.element())));
            default:
                throw new IllegalArgumentException("no such type: " + type);
        }
    }

    /** @return the fewest bytes whose two's complement holds every decimal of that precision */
    static int decimalBytes(int precision) {
        int bytes = 1;
        while (Math.pow(2, 8.0 * bytes - 1) < Math.pow(10, precision)) {
            bytes++;
        }
        return bytes;
    }

    /**
     * The inverse of {@link #table} and {@link #file}: Hudi's own fields and the lake's are left out.
     *
     * @throws IllegalArgumentException where a column has a type that the lake does not write
     */
    public static TableSchema columns(Schema record, List<String> keyColumns) {
        List<Column> columns = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            if (!HOODIE_FIELDS.contains(field.name()) && !isMetaColumn(field.name())) {
                columns.add(new Column(field.name(), columnType(field.name(), field.schema()), true));
            }
        }
        return new TableSchema(columns, keyColumns);
    }

    private static boolean isMetaColumn(String name) {
        for (MetaColumn column : MetaColumn.values()) {
            if (column.columnName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static ColumnType columnType(String name, Schema schema) {
        LogicalType logical = schema.getLogicalType();
        switch (schema.getType()) {
            case UNION:
                return columnType(name, notNull(schema));
            case BOOLEAN:
                return ColumnType.BOOLEAN;
            case INT:
                return logical instanceof LogicalTypes.Date ? ColumnType.DATE : ColumnType.INT;
            case LONG:
                return logical instanceof LogicalTypes.TimestampMicros ? ColumnType.TIMESTAMP : ColumnType.LONG;
            case FLOAT:
                return ColumnType.FLOAT;
            case DOUBLE:
                return ColumnType.DOUBLE;
            case STRING:
                return ColumnType.STRING;
            case BYTES:
            case FIXED:
                if (logical instanceof LogicalTypes.Decimal) {
                    LogicalTypes.Decimal decimal = (LogicalTypes.Decimal) logical;
                    return ColumnType.decimal(decimal.getPrecision(), decimal.getScale());
                }
                return ColumnType.BYTES;
            case ARRAY:
                return ColumnType.array(columnType(name, schema.getElementType()));
            default:
                throw new IllegalArgumentException("column " + name + " has the type " + schema.getType()
                        + ", which the lake does not write: the table was made by something else");
        }
    }

    /** @return the schema itself, or the branch of a nullable one that is not null */
    static Schema notNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().get(schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0);
    }
}
