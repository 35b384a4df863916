package io.tributary.catalog;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tributary.row.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The table properties by which Spark knows a table of its own {@code hudi} source, schema and all
 * (org.apache.spark.sql.hive.HiveExternalCatalog; Hudi's SparkDataSourceTableUtils writes the same).
 */
final class SparkProperties {
    /** Characters; a metastore's column may be no wider. */
    static final int LONGEST_PART = 4000;

    private SparkProperties() {}

    /** @param columns all of the table, those that partition it last */
    static Map<String, String> of(List<Column> columns, List<String> partitionColumns) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("spark.sql.sources.provider", "hudi");
        List<String> parts = parts(json(columns));
        properties.put("spark.sql.sources.schema.numParts", Integer.toString(parts.size()));
        for (int i = 0; i < parts.size(); i++) {
            properties.put("spark.sql.sources.schema.part." + i, parts.get(i));
        }
        properties.put("spark.sql.sources.schema.numPartCols", Integer.toString(partitionColumns.size()));
        for (int i = 0; i < partitionColumns.size(); i++) {
            properties.put("spark.sql.sources.schema.partCol." + i, partitionColumns.get(i));
        }
        return properties;
    }

    private static String json(List<Column> columns) {
        StringJoiner fields = new StringJoiner(",", "{\"type\":\"struct\",\"fields\":[", "]}");
        for (Column column : columns) {
            fields.add("{\"name\":\""
                    + new String(JsonStringEncoder.getInstance().quoteAsString(column.name())) + "\",\"type\":"
                    + ColumnTypeNames.spark(column.type()) + ",\"nullable\":true,\"metadata\":{}}");
        }
        return fields.toString();
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (int start = 0; start < text.length(); start += LONGEST_PART) {
            parts.add(text.substring(start, Math.min(text.length(), start + LONGEST_PART)));
        }
        return parts;
    }
}
