package io.tributary.local.bench;

/** The types of the sample's columns: as Debezium's Avro has them, and as Flink SQL declares them. */
enum ColumnKind {
    INT("\"int\"", "INT NOT NULL"),
    LONG("\"long\"", "BIGINT NOT NULL"),
    TIMESTAMP(
            nullable("{\"type\":\"long\",\"connect.version\":1,\"connect.name\":\"io.debezium.time.Timestamp\"}"),
            "BIGINT"),
    TEXT(nullable("\"string\""), "STRING"),
    BOOLEAN(nullable("\"boolean\""), "BOOLEAN"),
    DECIMAL(
            nullable("{\"type\":\"bytes\",\"scale\":2,\"precision\":8,\"connect.version\":1,\"connect.parameters\":"
                    + "{\"scale\":\"2\",\"connect.decimal.precision\":\"8\"},\"connect.name\":"
                    + "\"org.apache.kafka.connect.data.Decimal\",\"logicalType\":\"decimal\"}"),
            "DECIMAL(8, 2)");

    private final String avro;
    private final String sql;

    ColumnKind(String avro, String sql) {
        this.avro = avro;
        this.sql = sql;
    }

    /** @return the field's type as JSON */
    String avro() {
        return avro;
    }

    String sql() {
        return sql;
    }

    boolean isNullable() {
        return avro.startsWith("[");
    }

    private static String nullable(String type) {
        return "[\"null\"," + type + "]";
    }
}
