package io.tributary.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One table of the load.
 *
 * @param number 0 for the first table of its shape, which has the original's name
 * @param rows how many rows the snapshot has
 */
record LoadTable(Shape shape, int number, int rows) {
    static final String SERVER = "tickit";

    private static final String SOURCE = """
            {"type":"record","name":"Source","namespace":"io.debezium.connector.mysql","fields":[
            {"name":"version","type":"string"},{"name":"connector","type":"string"},{"name":"name","type":"string"},
            {"name":"ts_ms","type":"long"},
            {"name":"snapshot","type":[{"type":"string","connect.version":1,"connect.parameters":
            {"allowed":"true,last,false,incremental"},"connect.default":"false","connect.name":"io.debezium.data.Enum"},
            "null"],"default":"false"},
            {"name":"db","type":"string"},{"name":"sequence","type":["null","string"],"default":null},
            {"name":"ts_us","type":["null","long"],"default":null},{"name":"ts_ns","type":["null","long"],"default":null},
            {"name":"table","type":["null","string"],"default":null},{"name":"server_id","type":"long"},
            {"name":"gtid","type":["null","string"],"default":null},{"name":"file","type":"string"},
            {"name":"pos","type":"long"},{"name":"row","type":"int"},
            {"name":"thread","type":["null","long"],"default":null},
            {"name":"query","type":["null","string"],"default":null}],
            "connect.name":"io.debezium.connector.mysql.Source"}""";

    private static final String TRANSACTION = """
            ["null",{"type":"record","name":"block","namespace":"event","fields":[{"name":"id","type":"string"},
            {"name":"total_order","type":"long"},{"name":"data_collection_order","type":"long"}],
            "connect.version":1,"connect.name":"event.block"}]""";

    /** What ExtractNewRecordState adds with the settings that docs/semantics.md asks for. */
    private static final List<String> ADDED_TEXTS =
            List.of("__deleted", "__op", "__name", "__db", "__table", "__source_file");

    private static final List<String> ADDED_NUMBERS = List.of("__source_ts_ms", "__source_pos", "__source_row");

    /**
     * Shares rows out among tables, in the original's proportions; with more than seven tables the shapes repeat.
     *
     * @param rows of all tables together, at least one for each
     * @return the tables, of which each has at least one row
     */
    static List<LoadTable> share(int tables, int rows) {
        Shape[] shapes = Shape.values();
        long weights = 0;
        for (int i = 0; i < tables; i++) {
            weights += shapes[i % shapes.length].rows();
        }
        int[] own = new int[tables];
        int sum = 0;
        for (int i = 0; i < tables; i++) {
            own[i] = (int) Math.max(1, (long) rows * shapes[i % shapes.length].rows() / weights);
            sum += own[i];
        }
        own[0] += Math.max(0, rows - sum); // what rounding left over
        for (int i = 0; sum > rows; i = (i + 1) % tables) {
            if (own[i] > 1) {
                own[i]--;
                sum--;
            }
        }
        List<LoadTable> shared = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            shared.add(new LoadTable(shapes[i % shapes.length], i / shapes.length, own[i]));
        }
        return shared;
    }

    /** @return the table's own name, without server and database */
    String table() {
        return number == 0 ? shape.table() : shape.table() + "_" + number;
    }

    /** @return {@code server.schema.table}, which is the topic's name too */
    String fullName() {
        return SERVER + "." + shape.database() + "." + table();
    }

    String keySchema() {
        return "{\"type\":\"record\",\"name\":\"Key\",\"namespace\":\"" + fullName() + "\",\"fields\":[{\"name\":\""
                + shape.columns().get(0).name() + "\",\"type\":\"int\"}],\"connect.name\":\"" + fullName() + ".Key\"}";
    }

    String valueSchema(Form form) {
        if (form == Form.FLATTENED) {
            return row(addedFields());
        }
        return "{\"type\":\"record\",\"name\":\"Envelope\",\"namespace\":\"" + fullName() + "\",\"fields\":["
                + "{\"name\":\"before\",\"type\":[\"null\"," + row("") + "],\"default\":null},"
                + "{\"name\":\"after\",\"type\":[\"null\",\"Value\"],\"default\":null},"
                + "{\"name\":\"source\",\"type\":" + SOURCE + "},"
                + "{\"name\":\"transaction\",\"type\":" + TRANSACTION + ",\"default\":null},"
                + "{\"name\":\"op\",\"type\":\"string\"},"
                + "{\"name\":\"ts_ms\",\"type\":[\"null\",\"long\"],\"default\":null},"
                + "{\"name\":\"ts_us\",\"type\":[\"null\",\"long\"],\"default\":null},"
                + "{\"name\":\"ts_ns\",\"type\":[\"null\",\"long\"],\"default\":null}],"
                + "\"connect.version\":2,\"connect.name\":\"" + fullName() + ".Envelope\"}";
    }

    private String row(String added) {
        String fields = shape.columns().stream()
                .map(column -> "{\"name\":\"" + column.name() + "\",\"type\":"
                        + column.kind().avro()
                        + (column.kind().isNullable() ? ",\"default\":null}" : "}"))
                .collect(Collectors.joining(","));
        return "{\"type\":\"record\",\"name\":\"Value\",\"namespace\":\"" + fullName() + "\",\"fields\":[" + fields
                + added + "],\"connect.name\":\"" + fullName() + ".Value\"}";
    }

    private static String addedFields() {
        StringBuilder fields = new StringBuilder();
        ADDED_TEXTS.forEach(name -> fields.append(addedField(name, "string")));
        ADDED_NUMBERS.forEach(name -> fields.append(addedField(name, "long")));
        return fields.toString();
    }

    private static String addedField(String name, String type) {
        return ",{\"name\":\"" + name + "\",\"type\":[\"null\",\"" + type + "\"],\"default\":null}";
    }
}
