import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apicurio.registry.utils.converter.avro.AvroData;
import io.debezium.config.CommonConnectorConfig.BinaryHandlingMode;
import io.debezium.config.Configuration;
import io.debezium.connector.sqlserver.Lsn;
import io.debezium.connector.sqlserver.SqlServerConnectorConfig;
import io.debezium.connector.sqlserver.SqlServerOffsetContext;
import io.debezium.connector.sqlserver.SqlServerValueConverters;
import io.debezium.connector.sqlserver.TxLogPosition;
import io.debezium.jdbc.JdbcValueConverters.DecimalMode;
import io.debezium.jdbc.TemporalPrecisionMode;
import io.debezium.relational.Column;
import io.debezium.relational.ColumnEditor;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableEditor;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.schema.FieldNameSelector;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes events.json beside it, with the classes of Debezium's connector for SQL Server: its source block, its mapping of
 * column types, its envelope, and Apicurio's mapping to Avro. Only the rows, and where they are in the log, are made up; no
 * server is asked. It is no part of the build; see README.md here.
 */
class SqlServerEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AvroData AVRO = new AvroData(100);
    private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05.678Z");

    private final ArrayNode events = JSON.createArrayNode();
    private final SqlServerConnectorConfig config;
    private final SqlServerOffsetContext offset;
    private final TopicNamingStrategy<TableId> topics;
    private final Table table;
    private final TableSchema schema;

    public static void main(String[] args) throws Exception {
        SqlServerEvents made = new SqlServerEvents();
        made.write();
        ObjectNode all = JSON.createObjectNode();
        all.set("keySchema", avro(made.schema.keySchema()));
        all.set("valueSchema", avro(made.schema.getEnvelopeSchema().schema()));
        all.set("events", made.events);
        ArrayNode options = all.putArray("options");
        new TreeSet<>(SqlServerConnectorConfig.configDef().names()).forEach(options::add);
        Files.writeString(
                Path.of(args[0]), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    private SqlServerEvents() {
        Configuration settings = Configuration.create()
                .with("topic.prefix", "tickit")
                .with("database.names", "shop")
                .with("database.hostname", "localhost")
                .with("schema.name.adjustment.mode", "avro")
                .with("field.name.adjustment.mode", "avro")
                .build();
        config = new SqlServerConnectorConfig(settings);
        offset = new SqlServerOffsetContext(config, TxLogPosition.valueOf(lsn(1), lsn(1)), false, false);
        table = table();
        topics = config.getTopicNamingStrategy(SqlServerConnectorConfig.TOPIC_NAMING_STRATEGY, true);
        schema = new TableSchemaBuilder(
                        new SqlServerValueConverters(
                                DecimalMode.PRECISE, TemporalPrecisionMode.ADAPTIVE, BinaryHandlingMode.BYTES),
                        config.schemaNameAdjuster(),
                        new CustomConverterRegistry(List.of()),
                        offset.getSourceInfoSchema(),
                        FieldNameSelector.defaultSelector(config.fieldNameAdjuster()),
                        true)
                .create(topics, table, null, ColumnMappers.create(config), config.getKeyMapper());
    }

    private void write() throws Exception {
        Object[] first = row(7, "Ann", "19.99", 1);
        Object[] second = row(7, "Ann-Marie", "0.01", 2);
        Object[] moved = row(8, "Ann-Marie", "0.01", 2);
        place(lsn(16), null, 1);
        event("r", schema.getEnvelopeSchema().read(value(first), source(), MOMENT), first);
        place(lsn(32), lsn(33), 1);
        event("c", schema.getEnvelopeSchema().create(value(first), source(), MOMENT), first);
        place(lsn(48), lsn(49), 2);
        event("u", schema.getEnvelopeSchema().update(value(first), value(second), source(), MOMENT), second);
        // A key that moves: two rows of the change table, of one transaction.
        place(lsn(64), lsn(65), 1);
        event("d", schema.getEnvelopeSchema().delete(value(second), source(), MOMENT), second);
        tombstone(second);
        place(lsn(64), lsn(65), 2);
        event("c", schema.getEnvelopeSchema().create(value(moved), source(), MOMENT), moved);
        place(lsn(80), lsn(81), 1);
        Object[] empty = new Object[table.columns().size()];
        empty[0] = 9;
        event("c", schema.getEnvelopeSchema().create(value(empty), source(), MOMENT), empty);
    }

    /** @param change of the row; null as in a snapshot */
    private void place(Lsn commit, Lsn change, int serial) {
        offset.setChangePosition(change == null ? TxLogPosition.valueOf(commit) : TxLogPosition.valueOf(commit, change), serial);
        offset.event(table.id(), MOMENT);
    }

    private Struct source() {
        return offset.getSourceInfo();
    }

    private Struct value(Object[] row) {
        return schema.valueFromColumnData(row);
    }

    private void event(String op, Struct envelope, Object[] row) throws Exception {
        message(op, row).put("value", encoded(envelope.schema(), envelope));
    }

    private void tombstone(Object[] row) throws Exception {
        message("tombstone", row).putNull("value");
    }

    private ObjectNode message(String op, Object[] row) throws Exception {
        Struct key = schema.keyFromColumnData(row);
        ObjectNode message = events.addObject();
        message.put("op", op).put("topic", topics.dataChangeTopic(table.id()));
        return message.put("key", encoded(key.schema(), key));
    }

    private static com.fasterxml.jackson.databind.JsonNode avro(Schema schema) throws Exception {
        return JSON.readTree(AVRO.fromConnectSchema(schema).toString());
    }

    private static String encoded(Schema schema, Struct struct) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(AVRO.fromConnectSchema(schema)).write(AVRO.fromConnectData(schema, struct), encoder);
        encoder.flush();
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static Lsn lsn(int number) {
        return Lsn.valueOf(String.format("0000002a:%08x:%04x", number, number % 7 + 1));
    }

    private static Table table() {
        TableEditor table = Table.editor().tableId(new TableId("shop", "dbo", "orders"));
        List<Column> columns = new ArrayList<>();
        add(columns, "id", "int", Types.INTEGER, 10, 0, false);
        add(columns, "name", "nvarchar", Types.NVARCHAR, 50, null, true);
        add(columns, "paid", "decimal", Types.DECIMAL, 9, 2, true);
        add(columns, "price", "money", Types.DECIMAL, 19, 4, true);
        add(columns, "flag", "bit", Types.BIT, 1, 0, true);
        add(columns, "small", "tinyint", Types.TINYINT, 3, 0, true);
        add(columns, "big", "bigint", Types.BIGINT, 19, 0, true);
        add(columns, "ratio", "float", Types.DOUBLE, 53, null, true);
        add(columns, "day", "date", Types.DATE, 10, 0, true);
        add(columns, "at3", "datetime", Types.TIMESTAMP, 23, 3, true);
        add(columns, "at6", "datetime2", Types.TIMESTAMP, 26, 6, true);
        add(columns, "at7", "datetime2", Types.TIMESTAMP, 27, 7, true);
        add(columns, "zoned", "datetimeoffset", microsoft.sql.Types.DATETIMEOFFSET, 34, 7, true);
        add(columns, "guid", "uniqueidentifier", Types.CHAR, 36, null, true);
        add(columns, "picture", "varbinary", Types.VARBINARY, 100, null, true);
        add(columns, "stamp", "timestamp", Types.BINARY, 8, null, true);
        return table.addColumns(columns).setPrimaryKeyNames("id").create();
    }

    private static void add(
            List<Column> columns, String name, String type, int jdbc, int length, Integer scale, boolean optional) {
        ColumnEditor column = Column.editor()
                .name(name)
                .position(columns.size() + 1)
                .type(type)
                .jdbcType(jdbc)
                .nativeType(jdbc)
                .length(length)
                .optional(optional);
        columns.add((scale == null ? column : column.scale(scale)).create());
    }

    /** As the server's driver hands them over. */
    private static Object[] row(int id, String name, String paid, int version) {
        return new Object[] {
            id,
            name,
            new BigDecimal(paid),
            new BigDecimal("1234.5678"),
            true,
            (short) 200,
            9_000_000_000_000_000_000L,
            0.1,
            Date.valueOf(LocalDate.of(2024, 2, 29)),
            Timestamp.valueOf(LocalDateTime.parse("2024-02-29T23:59:59.997")),
            Timestamp.valueOf(LocalDateTime.parse("2024-02-29T23:59:59.123456")),
            Timestamp.valueOf(LocalDateTime.parse("2024-02-29T23:59:59.1234567")),
            microsoft.sql.DateTimeOffset.valueOf(
                    Timestamp.from(OffsetDateTime.parse("2024-02-29T23:59:59.123456+02:00").toInstant()), 120),
            "6F9619FF-8B86-D011-B42D-00C04FC964FF",
            new byte[] {0, 1, (byte) version},
            new byte[] {0, 0, 0, 0, 0, 0, 7, (byte) version}
        };
    }
}
