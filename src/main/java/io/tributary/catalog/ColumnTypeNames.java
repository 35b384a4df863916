package io.tributary.catalog;

import io.tributary.row.ColumnType;

/** Types of the lake in the words of Hive and of Spark. */
final class ColumnTypeNames {
    private ColumnTypeNames() {}

    /** @return e.g. {@code decimal(8,2)}; https://cwiki.apache.org/confluence/display/Hive/LanguageManual+Types */
    static String hive(ColumnType type) {
        switch (type.kind()) {
            case BYTES:
                return "binary";
            case ARRAY:
                return "array<" + hive(type.element()) + ">";
            default:
                return type.toString();
        }
    }

    /**
     * Partition values are text in a path. Hive reads those of these types back; of others it would make null, and a
     * metastore may refuse them, so they stay text.
     */
    static String hivePartition(ColumnType type) {
        switch (type.kind()) {
            case INT:
            case LONG:
            case DATE:
                return hive(type);
            default:
                return "string";
        }
    }

    /** @return the type as JSON, as Spark's {@code DataType.json} writes it */
    static String spark(ColumnType type) {
        switch (type.kind()) {
            case INT:
                return "\"integer\"";
            case LONG:
                return "\"long\"";
            case BYTES:
                return "\"binary\"";
            case ARRAY:
                return "{\"type\":\"array\",\"elementType\":" + spark(type.element()) + ",\"containsNull\":true}";
            default:
                return "\"" + type + "\"";
        }
    }
}
