package io.tributary.local.bench;

import java.util.List;
import java.util.stream.Collectors;

/** The baseline's SQL: per table a source over its topic, a Hudi table, and the statement that moves one into the other. */
final class SqlScript {
    /** The columns that Debezium's flattening adds are part of the flattened row. */
    private static final List<String> ADDED = List.of(
            "`__deleted` STRING",
            "`__op` STRING",
            "`__name` STRING",
            "`__db` STRING",
            "`__table` STRING",
            "`__source_file` STRING",
            "`__source_ts_ms` BIGINT",
            "`__source_pos` BIGINT",
            "`__source_row` BIGINT");

    private final RunSpec spec;

    SqlScript(RunSpec spec) {
        this.spec = spec;
    }

    String source(int table) {
        String topic = spec.tables().get(table).fullName();
        String format = spec.form() == Form.ENVELOPE ? "debezium-avro-confluent" : "avro-confluent";
        String primaryKey = spec.form() == Form.ENVELOPE ? ",\n  " + primaryKey(table) : "";
        String start = spec.fromTimestamp() < 0
                ? "  'scan.startup.mode' = 'earliest-offset',\n"
                : "  'scan.startup.mode' = 'timestamp',\n  'scan.startup.timestamp-millis' = '" + spec.fromTimestamp()
                        + "',\n";
        return "CREATE TABLE source_" + table + " (\n  " + columns(table) + primaryKey + "\n) WITH (\n"
                + "  'connector' = 'kafka',\n"
                + "  'topic' = '" + topic + "',\n"
                + "  'properties.bootstrap.servers' = '" + spec.bootstrapServers() + "',\n"
                + "  'properties.group.id' = 'baseline',\n"
                + start
                + "  'format' = '" + format + "',\n"
                + "  '" + format + ".url' = '" + spec.confluentUrl() + "'\n)";
    }

    String sink(int table) {
        String topic = spec.tables().get(table).fullName();
        return "CREATE TABLE lake_" + table + " (\n  " + columns(table) + ",\n  " + primaryKey(table) + "\n) WITH (\n"
                + "  'connector' = 'hudi',\n"
                + "  'path' = 'file://" + spec.lake() + "/" + topic + "',\n"
                + "  'table.type' = 'COPY_ON_WRITE',\n"
                + "  'index.type' = 'BUCKET',\n"
                + "  'hoodie.bucket.index.num.buckets' = '"
                + spec.settings().getOrDefault("Lake.buckets", "4") + "',\n"
                + "  'write.tasks' = '" + spec.parallelism() + "'\n)";
    }

    String insert(int table) {
        return "INSERT INTO lake_" + table + " SELECT * FROM source_" + table;
    }

    private String columns(int table) {
        String own = spec.tables().get(table).shape().columns().stream()
                .map(column -> "`" + column.name() + "` " + column.kind().sql())
                .collect(Collectors.joining(",\n  "));
        return spec.form() == Form.ENVELOPE ? own : own + ",\n  " + String.join(",\n  ", ADDED);
    }

    private String primaryKey(int table) {
        return "PRIMARY KEY (`"
                + spec.tables().get(table).shape().columns().get(0).name() + "`) NOT ENFORCED";
    }
}
