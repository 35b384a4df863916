package io.tributary.local.query;

import java.util.List;
import java.util.Set;
import org.apache.hudi.org.apache.avro.LogicalType;
import org.apache.hudi.org.apache.avro.LogicalTypes;
import org.apache.hudi.org.apache.avro.Schema;

/**
 * A column of a table in the lake.
 *
 * @param name as in the table
 * @param type as DuckDB names it
 */
record LakeColumn(String name, String type) {
    /** The job's own columns; every other column that is not Hudi's is the source table's. */
    private static final Set<String> ADDED = Set.of(
            "__op",
            "__name",
            "__db",
            "__schema",
            "__table",
            "__source_ts_ms",
            "__deleted",
            "__source_position",
            "__rescued_data",
            "__column_positions");

    static LakeColumn of(Schema.Field field) {
        return new LakeColumn(field.name(), duckType(field.schema()));
    }

    /** @return whether Hudi or the job added the column */
    boolean isMeta() {
        return name.startsWith("_hoodie_") || ADDED.contains(name);
    }

    /** @return the name as SQL takes it whatever it holds */
    String quoted() {
        return quote(name);
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String duckType(Schema declared) {
        Schema schema = nonNull(declared);
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return "DECIMAL(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        switch (logical == null ? "" : logical.getName()) {
            case "date":
                return "DATE";
            case "time-millis":
            case "time-micros":
                return "TIME";
            case "timestamp-millis":
            case "timestamp-micros":
            case "local-timestamp-millis":
            case "local-timestamp-micros":
                return "TIMESTAMP";
            default:
                return plainType(schema);
        }
    }

    private static String plainType(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> "BOOLEAN";
            case INT -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case BYTES, FIXED -> "BLOB";
            case ARRAY -> duckType(schema.getElementType()) + "[]";
            default -> "VARCHAR";
        };
    }

    private static Schema nonNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> types = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return types.isEmpty() ? Schema.create(Schema.Type.STRING) : types.get(0);
    }
}
