package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.format.Encoded;
import io.tributary.format.RegistryUnavailableException;
import io.tributary.format.UndecodableException;
import io.tributary.format.WireDecoder;
import io.tributary.row.AvroBytes;
import io.tributary.row.RowReaders;
import io.tributary.source.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final Schema KEY = Messages.key();
    private static final Schema POSTGRES = Messages.envelope(Messages.ROW, Messages.POSTGRES);
    private static final Schema MYSQL = Messages.envelope(Messages.ROW, Messages.MYSQL);
    private static final Schema SQL_SERVER = Messages.envelope(Messages.ROW, Messages.SQL_SERVER);
    private static final Map<String, Object> ROW = Map.of("id", 7, "line", 2, "note", "n");

    private final Messages messages = new Messages();
    private List<String> override;

    @ParameterizedTest
    @CsvSource({"r,READ", "c,CREATE", "u,UPDATE"})
    void readsAndUpsertsCarryTheAfterImage(String code, Op op) throws Exception {
        ChangeEvent event = change(postgres(code, null, ROW));
        assertThat(event.op()).isEqualTo(op);
        assertThat(event.table()).isEqualTo(new TableId("shop", "db", "public", "t"));
        assertThat(event.key()).isEqualTo("7");
        assertThat(event.complete()).isTrue();
        assertThat(event.sourceTsMs()).isEqualTo(1_000_123L);
        String time = op == Op.READ ? "000000000000000" : "000000001000123";
        assertThat(event.position()).startsWith(time + "|p00000000000000ff.0000000003|");
        assertThat(values(event)).containsExactly(7, 2, "n");
        assertThat(event.schema().keyColumns()).containsExactly("id");
    }

    @Test
    void deletesCarryTheBeforeImageAndAreNeverComplete() throws Exception {
        ChangeEvent event = change(postgres("d", ROW, null));
        assertThat(event.op()).isEqualTo(Op.DELETE);
        assertThat(values(event)).containsExactly(7, 2, "n");
        assertThat(event.complete()).isFalse();
    }

    @Test
    void aDeleteWithoutABeforeImageCarriesTheKey() throws Exception {
        ChangeEvent event = change(postgres("d", null, null));
        assertThat(event.key()).isEqualTo("7");
        assertThat(event.schema().columns()).hasSize(1);
        assertThat(values(event)).containsExactly(7);
        assertThat(event.complete()).isFalse();
    }

    @Test
    void rowsWithUnavailableValuesAreIncomplete() throws Exception {
        ChangeEvent event =
                change(postgres("u", null, Map.of("id", 7, "line", 2, "note", "__debezium_unavailable_value")));
        assertThat(event.complete()).isFalse();
        assertThat(values(event)[2]).isSameAs(io.tributary.row.Values.UNAVAILABLE);
    }

    @Test
    void thePlaceholderInTheBeforeImageLeavesTheRowComplete() {
        Map<String, Object> before = Map.of("id", 7, "line", 2, "note", "__debezium_unavailable_value");
        assertThat(change(postgres("u", before, ROW)).complete()).isTrue();
    }

    @Test
    void aTruncateHasNeitherKeyNorRow() {
        RawRecord record = messages.message("shop.public.t", null, null, POSTGRES, envelope(POSTGRES, "t", null, null));
        ChangeEvent event = change(record);
        assertThat(event.op()).isEqualTo(Op.TRUNCATE);
        assertThat(event.key()).isNull();
        assertThat(event.bytes()).isNull();
        assertThat(event.schema()).isNull();
    }

    @Test
    void mysqlTablesAreNamedByTheirDatabase() {
        Map<String, Object> source = new HashMap<>(source("mysql"));
        source.putAll(Map.of("server_id", 1L, "file", "bin.000012", "pos", 345L, "row", 1));
        ChangeEvent event = change(messages.message("routed", KEY, id(7), MYSQL, value(MYSQL, "u", null, ROW, source)));
        assertThat(event.table().fullName()).isEqualTo("shop.db.t");
        assertThat(event.table().schema()).isNull();
        assertThat(event.position()).startsWith("000000001000123|m0000000012.000000000345.00000001|");
    }

    @Test
    void sqlServerEventsAreOrderedByChangeLsnAndSerial() {
        Map<String, Object> source = new HashMap<>(source("sqlserver"));
        source.putAll(Map.of(
                "schema", "dbo",
                "change_lsn", "00000027:00000758:0003",
                "commit_lsn", "00000027:00000758:0005",
                "event_serial_no", 2L));
        ChangeEvent event = change(
                messages.message("shop.db.dbo.t", KEY, id(7), SQL_SERVER, value(SQL_SERVER, "u", null, ROW, source)));
        assertThat(event.table()).isEqualTo(new TableId("shop", "db", "dbo", "t"));
        assertThat(event.position()).startsWith("000000001000123|s00000027:00000758:0003.0000000002|");
    }

    @Test
    void aTombstoneIsSkipped() {
        assertThat(read(messages.message("shop.public.t", KEY, id(7), null, null)).skips)
                .containsExactly(SkipReason.TOMBSTONE);
    }

    @ParameterizedTest
    @CsvSource({
        "io.debezium.connector.mysql.SchemaChangeValue,SCHEMA_CHANGE",
        "io.debezium.connector.sqlserver.SchemaChangeValue,SCHEMA_CHANGE",
        "io.debezium.connector.common.Heartbeat,HEARTBEAT",
        "io.debezium.connector.common.TransactionMetadataValue,TRANSACTION"
    })
    void messagesBesideTheChangesAreToldByTheirNames(String name, SkipReason reason) {
        Schema schema = AvroBytes.parse(
                "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[{\"name\":\"ts_ms\",\"type\":\"long\"}]}");
        RawRecord record = messages.message(
                "__debezium-heartbeat.shop", null, null, schema, Messages.record(schema, Map.of("ts_ms", 1L)));
        assertThat(read(record).skips).containsExactly(reason);
    }

    @Test
    void schemaHistoryIsSkipped() {
        String json = "{\n \"source\" : {\"server\":\"shop\"}, \"position\" : {\"file\":\"b.1\"},"
                + " \"databaseName\" : \"db\", \"ddl\" : \"DROP TABLE t\"\n}\n";
        assertThat(read(messages.raw(null, json.getBytes(StandardCharsets.UTF_8))).skips)
                .containsExactly(SkipReason.SCHEMA_HISTORY);
    }

    @Test
    void logicalMessagesOfPostgresAreSkipped() {
        Schema schema = AvroBytes.parse("{\"type\":\"record\",\"name\":\"MessageValue\",\"namespace\":"
                + "\"io.debezium.connector.postgresql\",\"fields\":[{\"name\":\"op\",\"type\":\"string\"},"
                + "{\"name\":\"source\",\"type\":" + Messages.POSTGRES + "}]}");
        Map<String, Object> source = new HashMap<>(source("postgresql"));
        source.put("schema", "");
        source.put("table", "");
        RawRecord record = messages.message(
                "shop.message", null, null, schema, Messages.record(schema, Map.of("op", "m", "source", source)));
        assertThat(read(record).skips).containsExactly(SkipReason.LOGICAL_MESSAGE);
    }

    @Test
    void anUnknownOperationIsADeadLetter() {
        assertRejected(postgres("x", null, ROW), Stage.DEBEZIUM, Reason.UNKNOWN_OPERATION, "the operation 'x'");
    }

    @Test
    void anEnvelopeWhoseOperationIsNoTextIsADeadLetterAndNoUpsert() {
        Schema odd =
                AvroBytes.parse(POSTGRES.toString().replace("\"op\",\"type\":\"string\"", "\"op\",\"type\":\"int\""));
        Map<String, Object> value = new HashMap<>(Map.of("op", 1, "after", ROW));
        Map<String, Object> source = new HashMap<>(source("postgresql"));
        source.put("schema", "public");
        value.put("source", source);
        assertRejected(
                messages.message("shop.public.t", KEY, id(7), odd, Messages.record(odd, value)),
                Stage.DEBEZIUM,
                Reason.UNKNOWN_OPERATION,
                "the operation is none of");
    }

    @Test
    void anUpsertWithoutAnAfterImageIsADeadLetter() {
        assertRejected(postgres("u", ROW, null), Stage.DEBEZIUM, Reason.MALFORMED, "without an after-image");
    }

    @Test
    void withoutAKeyThereIsADeadLetterThatSaysWhatToSet() {
        RawRecord record = messages.message("shop.public.t", null, null, POSTGRES, envelope(POSTGRES, "u", null, ROW));
        assertRejected(record, Stage.DEBEZIUM, Reason.NO_KEY, "set Table.shop.public.t.key");
        Schema number = Schema.create(Schema.Type.INT);
        RawRecord primitive =
                messages.message("shop.public.t", number, 7, POSTGRES, envelope(POSTGRES, "u", null, ROW));
        assertRejected(primitive, Stage.DEBEZIUM, Reason.NO_KEY, "the message key is int");
    }

    @Test
    void aKeyColumnThatIsNullOrMissingIsADeadLetter() {
        Schema nullable = AvroBytes.parse("{\"type\":\"record\",\"name\":\"Key\",\"fields\":["
                + "{\"name\":\"id\",\"type\":[\"null\",\"int\"]}]}");
        assertRejected(
                messages.message(
                        "shop.public.t",
                        nullable,
                        Messages.record(nullable, Map.of()),
                        POSTGRES,
                        envelope(POSTGRES, "u", null, ROW)),
                Stage.DEBEZIUM,
                Reason.NO_KEY,
                "a column of the key [id] is null");
        Schema other = AvroBytes.parse(
                "{\"type\":\"record\",\"name\":\"Key\",\"fields\":[{\"name\":\"nr\",\"type\":\"int\"}]}");
        assertRejected(
                messages.message(
                        "shop.public.t",
                        other,
                        Messages.record(other, Map.of("nr", 1)),
                        POSTGRES,
                        envelope(POSTGRES, "u", null, ROW)),
                Stage.DEBEZIUM,
                Reason.NO_KEY,
                "the row has no column nr");
    }

    @Test
    void whatTheRouterAddsToTheKeyIsNoColumn() {
        Schema routed =
                AvroBytes.parse("{\"type\":\"record\",\"name\":\"Key\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"},"
                        + "{\"name\":\"__dbz__physicalTableIdentifier\",\"type\":\"string\"}]}");
        ChangeEvent event = change(messages.message(
                "all",
                routed,
                Messages.record(routed, Map.of("id", 7, "__dbz__physicalTableIdentifier", "shop.public.t")),
                POSTGRES,
                envelope(POSTGRES, "u", null, ROW)));
        assertThat(event.key()).isEqualTo("7");
    }

    @Test
    void aConfiguredKeyIsReadFromTheRow() {
        override = List.of("id", "line");
        RawRecord record = messages.message("shop.public.t", null, null, POSTGRES, envelope(POSTGRES, "u", null, ROW));
        ChangeEvent event = change(record);
        assertThat(event.key()).isEqualTo("id:7,line:2");
        assertThat(event.schema().keyColumns()).containsExactly("id", "line");
        assertThat(change(postgres("d", ROW, null)).key()).isEqualTo("id:7,line:2");
    }

    @Test
    void aConfiguredKeyThatTheDeleteDoesNotCarryIsADeadLetter() {
        override = List.of("id", "note");
        assertRejected(postgres("d", null, null), Stage.DEBEZIUM, Reason.NO_KEY, "the delete has no before-image");
        assertRejected(
                postgres("d", Map.of("id", 7, "line", 0), null),
                Stage.DEBEZIUM,
                Reason.NO_KEY,
                "a column of the key [id, note] is null");
        override = List.of("nr");
        assertRejected(postgres("u", null, ROW), Stage.DEBEZIUM, Reason.NO_KEY, "no column nr of the configured key");
    }

    @Test
    void aPartitionKeyOfDebeziumServerNamesTheKeyColumns() {
        RawRecord update = ofKinesis("{\"id\":7,\"line\":2}", postgres("u", null, ROW));
        assertThat(change(update).key()).isEqualTo("id:7,line:2");
        assertThat(change(update).schema().keyColumns()).containsExactly("id", "line");
        assertThat(change(update).table().fullName()).isEqualTo("shop.public.t");
        assertThat(change(ofKinesis("{\"id\":7}", postgres("d", ROW, null))).key())
                .isEqualTo("7");
        assertRejected(
                ofKinesis("{\"id\":7}", postgres("d", null, null)),
                Stage.DEBEZIUM,
                Reason.NO_KEY,
                "the delete has no before-image to read the partition key [id] from; set Table.shop.public.t.key");
    }

    @Test
    void anyOtherPartitionKeySaysNothingOfTheKey() {
        RawRecord record = ofKinesis("7", postgres("u", null, ROW));
        assertRejected(record, Stage.DEBEZIUM, Reason.NO_KEY, "the partition key is not the message key as JSON");
        override = List.of("id");
        assertThat(change(record).key()).isEqualTo("7");
    }

    private static RawRecord ofKinesis(String partitionKey, RawRecord record) {
        byte[] key = partitionKey.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new RawRecord("stream", 0, -1, "4959", 1, key, record.value(), record.headers());
    }

    @Test
    void withoutATableNameThereIsADeadLetter() {
        Schema plain = AvroBytes.parse(Messages.ROW.formatted("t"));
        RawRecord record = messages.message("sales", KEY, id(7), plain, Messages.record(plain, ROW));
        assertRejected(record, Stage.DEBEZIUM, Reason.NO_TABLE, "names the table");
    }

    @Test
    void aPlainRowTakesItsTableFromTheTopic() {
        Schema plain = AvroBytes.parse(Messages.ROW.formatted("t"));
        ChangeEvent event = change(messages.message("a.shop.public.t", KEY, id(7), plain, Messages.record(plain, ROW)));
        assertThat(event.table()).isEqualTo(new TableId("a.shop", null, "public", "t"));
        assertThat(event.op()).isEqualTo(Op.UPDATE);
        assertThat(event.position()).startsWith("000000000000000|-|");
    }

    @Test
    void flattenedFieldsMayComeInAnyOrderAndBeforeTheColumns() throws Exception {
        Schema schema = AvroBytes.parse("""
                {"type":"record","name":"Value","fields":[
                  {"name":"__source_ts_ms","type":["null","long"]},{"name":"__deleted","type":["null","string"]},
                  {"name":"__table","type":["null","string"]},{"name":"id","type":"int"},
                  {"name":"__op","type":["string","null"]},{"name":"__name","type":"string"},
                  {"name":"note","type":["null","string"]},{"name":"__source_lsn","type":["null","long"]},
                  {"name":"__db","type":["null","string"]}]}""");
        Map<String, Object> row = Map.of(
                "__source_ts_ms",
                1_000_123L,
                "__deleted",
                "false",
                "__table",
                "t",
                "id",
                7,
                "__op",
                "u",
                "__name",
                "shop",
                "note",
                "n",
                "__source_lsn",
                255L,
                "__db",
                "db");
        ChangeEvent event = change(messages.message("shop.public.t", KEY, id(7), schema, Messages.record(schema, row)));
        assertThat(event.table()).isEqualTo(new TableId("shop", "db", "public", "t"));
        assertThat(values(event)).containsExactly(7, "n");
        assertThat(event.position()).startsWith("000000001000123|p00000000000000ff.");
        Map<String, Object> deleted = new HashMap<>(row);
        deleted.put("__deleted", "true");
        assertThat(change(messages.message("routed", KEY, id(7), schema, Messages.record(schema, deleted))))
                .satisfies(each -> {
                    assertThat(each.op()).isEqualTo(Op.DELETE);
                    assertThat(each.complete()).isFalse();
                    assertThat(each.table()).isEqualTo(new TableId("shop", "db", null, "t"));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 60})
    void truncatedBytesAreADeadLetterWithThePlaceAndWithoutThePayload(int length) {
        RawRecord whole = postgres("u", null, Map.of("id", 7, "line", 2, "note", "secret".repeat(9)));
        RawRecord cut = messages.raw(whole.key(), java.util.Arrays.copyOf(whole.value(), length));
        assertRejected(cut, Stage.DECODE, Reason.MALFORMED, "of " + (length - 1));
        assertThat(read(cut).letters.get(0).message()).doesNotContain("secret");
    }

    @Test
    void bytesAfterTheEndAreADeadLetter() {
        RawRecord whole = postgres("u", null, ROW);
        byte[] longer = java.util.Arrays.copyOf(whole.value(), whole.value().length + 1);
        assertRejected(messages.raw(whole.key(), longer), Stage.DECODE, Reason.MALFORMED, "1 bytes are left");
    }

    @Test
    void theFieldOfMalformedBytesIsNamedWithItsPath() {
        RawRecord whole = postgres("u", null, ROW);
        byte[] cut = java.util.Arrays.copyOf(whole.value(), 5);
        assertRejected(messages.raw(whole.key(), cut), Stage.DECODE, Reason.MALFORMED, "after.");
    }

    @Test
    void aSchemaThatIsNoRowIsADeadLetter() {
        Schema text = Schema.create(Schema.Type.STRING);
        assertRejected(
                messages.message("shop.public.t", KEY, id(7), text, "hello"),
                Stage.DECODE,
                Reason.UNSUPPORTED_SCHEMA,
                "is string and no record");
        Schema union = AvroBytes.parse(Messages.ROW
                .formatted("t")
                .replace("[\"null\",\"string\"]", "[\"int\",\"string\"]")
                .replace(",\"default\":null", ""));
        assertRejected(
                messages.message("shop.public.t", KEY, id(7), union, Messages.record(union, ROW)),
                Stage.DECODE,
                Reason.UNSUPPORTED_SCHEMA,
                "note is a union of [int, string]");
    }

    @Test
    void whatTheDecoderRefusesKeepsItsReason() {
        EventReader reader = new EventReader(
                decoder(new UndecodableException(Reason.SCHEMA_NOT_FOUND, "no schema 5")), table -> null);
        Outcomes outcomes = new Outcomes();
        reader.read(messages.raw(null, new byte[] {0}), outcomes);
        assertThat(outcomes.letters).singleElement().satisfies(letter -> {
            assertThat(letter.stage()).isEqualTo(Stage.FORMAT);
            assertThat(letter.reason()).isEqualTo(Reason.SCHEMA_NOT_FOUND);
        });
    }

    @Test
    void aRegistryThatIsDownIsNoPropertyOfTheRecord() {
        EventReader reader = new EventReader(decoder(new RegistryUnavailableException("down", null)), table -> null);
        assertThatThrownBy(() -> reader.read(messages.raw(null, new byte[] {0}), new Outcomes()))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aFailureOfTheSinkIsNotTakenForOneOfTheRecord() {
        EventReader reader = new EventReader(messages, table -> null);
        EventSink broken = new EventSink() {
            @Override
            public void change(ChangeEvent event) {
                throw new IllegalStateException("downstream");
            }

            @Override
            public void skip(RawRecord record, SkipReason reason) {}

            @Override
            public void reject(DeadLetter letter) {
                throw new AssertionError("told twice");
            }
        };
        assertThatThrownBy(() -> reader.read(postgres("u", null, ROW), broken)).hasMessage("downstream");
    }

    private static WireDecoder decoder(Exception failure) {
        return new WireDecoder() {
            @Override
            public Encoded key(RawRecord record) throws UndecodableException {
                return value(record);
            }

            @Override
            public Encoded value(RawRecord record) throws UndecodableException {
                if (failure instanceof UndecodableException undecodable) {
                    throw undecodable;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    private Outcomes read(RawRecord record) {
        Outcomes outcomes = new Outcomes();
        new EventReader(messages, table -> override).read(record, outcomes);
        assertThat(outcomes.size()).isEqualTo(1);
        return outcomes;
    }

    private ChangeEvent change(RawRecord record) {
        Outcomes outcomes = read(record);
        assertThat(outcomes.letters).isEmpty();
        assertThat(outcomes.changes).hasSize(1);
        return outcomes.changes.get(0);
    }

    private void assertRejected(RawRecord record, Stage stage, Reason reason, String message) {
        assertThat(read(record).letters).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(reason);
            assertThat(letter.stage()).isEqualTo(stage);
            assertThat(letter.message()).contains(message);
        });
    }

    private static Object[] values(ChangeEvent event) throws Exception {
        Object[] values = new Object[event.schema().columns().size()];
        RowReaders.of(event.schema()).read(event.bytes(), event.offset(), event.length(), values);
        return values;
    }

    private static Object id(int id) {
        return Messages.record(KEY, Map.of("id", id));
    }

    private RawRecord postgres(String op, Map<String, ?> before, Map<String, ?> after) {
        return messages.message("shop.public.t", KEY, id(7), POSTGRES, envelope(POSTGRES, op, before, after));
    }

    private static Object envelope(Schema schema, String op, Map<String, ?> before, Map<String, ?> after) {
        Map<String, Object> source = new HashMap<>(source("postgresql"));
        source.putAll(Map.of("schema", "public", "lsn", 255L));
        return value(schema, op, before, after, source);
    }

    private static Object value(
            Schema schema, String op, Map<String, ?> before, Map<String, ?> after, Map<String, ?> source) {
        Map<String, Object> value = new HashMap<>(Map.of("op", op, "source", source));
        value.put("transaction", Map.of("id", "5:255", "total_order", 3L, "data_collection_order", 1L));
        if (before != null) {
            value.put("before", before);
        }
        if (after != null) {
            value.put("after", after);
        }
        return Messages.record(schema, value);
    }

    private static Map<String, Object> source(String connector) {
        return Map.of(
                "version",
                "2.7.4.Final",
                "connector",
                connector,
                "name",
                "shop",
                "ts_ms",
                1_000_123L,
                "db",
                "db",
                "table",
                "t");
    }
}
