package io.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type: written by Avro's own writer, read back by the row reader, nullable in both orders and not at all. */
class RowReaderTypesTest {
    private static final String PLACEHOLDER = "__debezium_unavailable_value";

    @Test
    void numbersAndBooleans() throws Exception {
        for (int value : new int[] {0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertReads("\"int\"", value, ColumnType.INT, value);
            assertReads("{\"type\":\"int\",\"connect.type\":\"int16\"}", value, ColumnType.INT, value);
            assertReads(debezium("int", "Year"), value, ColumnType.INT, value);
        }
        for (long value : new long[] {0, -1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertReads("\"long\"", value, ColumnType.LONG, value);
            assertReads(debezium("long", "MicroDuration"), value, ColumnType.LONG, value);
        }
        for (double value : new double[] {0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN}) {
            assertReads("\"double\"", value, ColumnType.DOUBLE, value);
        }
        assertReads("\"float\"", 1.1f, ColumnType.FLOAT, 1.1f);
        assertReads("\"float\"", Float.NEGATIVE_INFINITY, ColumnType.FLOAT, Float.NEGATIVE_INFINITY);
        assertReads("\"boolean\"", true, ColumnType.BOOLEAN, true);
        assertReads("\"boolean\"", false, ColumnType.BOOLEAN, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Kraków", "🤖 four bytes", "\u0000", "\uFFFD is itself", "'\"\\,\n"})
    void texts(String text) throws Exception {
        assertReads("\"string\"", text, ColumnType.STRING, text);
        for (String name : List.of("Enum", "EnumSet", "Json", "Xml", "Uuid", "Ltree")) {
            assertReads(named("string", "io.debezium.data." + name), text, ColumnType.STRING, text);
        }
        assertReads(debezium("string", "ZonedTime"), text, ColumnType.STRING, text);
        assertReads(debezium("string", "Interval"), text, ColumnType.STRING, text);
        assertReads("{\"type\":\"string\",\"logicalType\":\"uuid\"}", text, ColumnType.STRING, text);
    }

    @Test
    void enumsAndBytes() throws Exception {
        Schema colour = AvroBytes.parse("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"RED\",\"BLUE\"]}");
        assertReads(colour.toString(), new GenericData.EnumSymbol(colour, "BLUE"), ColumnType.STRING, "BLUE");
        byte[] bytes = {0, -1, 127, -128};
        assertReads("\"bytes\"", ByteBuffer.wrap(bytes), ColumnType.BYTES, bytes);
        assertReads("\"bytes\"", ByteBuffer.wrap(new byte[0]), ColumnType.BYTES, new byte[0]);
        assertReads(named("bytes", "io.debezium.data.Bits"), ByteBuffer.wrap(bytes), ColumnType.BYTES, bytes);
        Schema fixed = AvroBytes.parse("{\"type\":\"fixed\",\"name\":\"F\",\"size\":4}");
        assertReads(fixed.toString(), new GenericData.Fixed(fixed, bytes), ColumnType.BYTES, bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.01",
                "-0.01",
                "1.27",
                "1.28",
                "-1.28",
                "-1.29",
                "99999999.99",
                "-99999999.99",
                "1234567.80"
            })
    void decimalsKeepTheirScale(String text) throws Exception {
        BigDecimal value = new BigDecimal(text).setScale(2);
        ByteBuffer bytes = unscaled(value);
        assertReads(connectDecimal("2", "10"), bytes, ColumnType.decimal(10, 2), value);
        assertReads(
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":10,\"scale\":2}",
                bytes,
                ColumnType.decimal(10, 2),
                value);
        assertReads(connectDecimal("2", null), bytes, ColumnType.decimal(38, 2), value);
        byte[] wide = new byte[16];
        Arrays.fill(wide, (byte) (value.signum() < 0 ? -1 : 0));
        byte[] number = value.unscaledValue().toByteArray();
        System.arraycopy(number, 0, wide, 16 - number.length, number.length);
        Schema fixed = AvroBytes.parse("{\"type\":\"fixed\",\"name\":\"F\",\"size\":16,\"logicalType\":\"decimal\","
                + "\"precision\":10,\"scale\":2}");
        assertReads(fixed.toString(), new GenericData.Fixed(fixed, wide), ColumnType.decimal(10, 2), value);
    }

    @Test
    void decimalsOfMoreDigitsThanAColumnHasAreText() throws Exception {
        BigDecimal value = new BigDecimal("-" + "9".repeat(60) + "." + "1".repeat(10));
        assertReads(connectDecimal("10", "70"), unscaled(value), ColumnType.STRING, value.toPlainString());
        assertReads(connectDecimal("-3", "5"), unscaled(new BigDecimal("7E+3")), ColumnType.STRING, "7000");
    }

    @Test
    void aDecimalThatDoesNotFitItsColumnIsRescued() throws Exception {
        assertReads(
                connectDecimal("2", "4"),
                unscaled(new BigDecimal("123.45")),
                ColumnType.decimal(4, 2),
                new Values.Rescued("123.45"));
    }

    @Test
    void decimalsOfVariableScaleArePlainText() throws Exception {
        Schema schema = AvroBytes.parse("{\"type\":\"record\",\"name\":\"VariableScaleDecimal\",\"namespace\":"
                + "\"io.debezium.data\",\"fields\":[{\"name\":\"scale\",\"type\":\"int\"},{\"name\":\"value\",\"type\":"
                + "\"bytes\"}],\"connect.name\":\"io.debezium.data.VariableScaleDecimal\"}");
        for (String text : List.of("0", "-1.50", "123456789012345678901234567890123456789012.5", "0.000000000001")) {
            BigDecimal value = new BigDecimal(text);
            GenericRecord record = new GenericData.Record(schema);
            record.put("scale", value.scale());
            record.put("value", unscaled(value));
            assertReads(schema.toString(), record, ColumnType.STRING, text);
        }
        GenericRecord huge = new GenericData.Record(schema);
        huge.put("scale", Integer.MIN_VALUE);
        huge.put("value", unscaled(BigDecimal.ONE));
        assertThatThrownBy(() -> read(schema.toString(), huge))
                .isInstanceOf(MalformedRowException.class)
                .hasMessageContaining("a decimal of scale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01", "1969-12-31", "0001-01-01", "9999-12-31", "2024-02-29"})
    void datesAreDays(String text) throws Exception {
        int days = (int) LocalDate.parse(text).toEpochDay();
        assertReads(debezium("int", "Date"), days, ColumnType.DATE, days);
        assertReads(connect("int", "Date"), days, ColumnType.DATE, days);
        assertReads("{\"type\":\"int\",\"logicalType\":\"date\"}", days, ColumnType.DATE, days);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"})
    void timestampsAreMicroseconds(String text) throws Exception {
        long micros = Instant.parse(text).toEpochMilli() * 1000;
        assertReads(debezium("long", "Timestamp"), micros / 1000, ColumnType.TIMESTAMP, micros);
        assertReads(connect("long", "Timestamp"), micros / 1000, ColumnType.TIMESTAMP, micros);
        assertReads(logical("long", "timestamp-millis"), micros / 1000, ColumnType.TIMESTAMP, micros);
        assertReads(logical("long", "local-timestamp-millis"), micros / 1000, ColumnType.TIMESTAMP, micros);
        assertReads(debezium("long", "MicroTimestamp"), micros + 1, ColumnType.TIMESTAMP, micros + 1);
        assertReads(logical("long", "timestamp-micros"), micros + 1, ColumnType.TIMESTAMP, micros + 1);
        assertReads(logical("long", "local-timestamp-micros"), micros + 1, ColumnType.TIMESTAMP, micros + 1);
        assertReads(debezium("string", "ZonedTimestamp"), text, ColumnType.TIMESTAMP, micros);
    }

    @Test
    void millisecondsThatOverflowMicrosecondsAreRescued() throws Exception {
        assertReads(
                debezium("long", "Timestamp"),
                Long.MAX_VALUE,
                ColumnType.TIMESTAMP,
                new Values.Rescued("+292278994-08-17T07:12:55.807Z"));
    }

    @Test
    void zonedTimestampsAreInstants() throws Exception {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2020-03-10T01:20:04.123456Z"));
        for (String text : List.of(
                "2020-03-10T01:20:04.123456Z", "2020-03-10T06:50:04.123456+05:30", "2020-03-10T01:20:04.123456000Z")) {
            assertReads(debezium("string", "ZonedTimestamp"), text, ColumnType.TIMESTAMP, micros);
        }
        for (String text : List.of("2020-03-10T01:20:04.123456789Z", "+999999999-01-01T00:00:00Z", "soon", "")) {
            assertReads(debezium("string", "ZonedTimestamp"), text, ColumnType.TIMESTAMP, new Values.Rescued(text));
        }
    }

    @Test
    void infinityIsOneValueHoweverItIsSent() throws Exception {
        assertReads(debezium("string", "ZonedTimestamp"), "infinity", ColumnType.TIMESTAMP, Infinity.POSITIVE_MICROS);
        assertReads(debezium("string", "ZonedTimestamp"), "-infinity", ColumnType.TIMESTAMP, Infinity.NEGATIVE_MICROS);
        long sent = 9223372036825200000L;
        assertReads(debezium("long", "MicroTimestamp"), sent, ColumnType.TIMESTAMP, Infinity.POSITIVE_MICROS);
        assertThat(Infinity.text(sent)).isEqualTo("infinity");
        assertThat(Infinity.text(0)).isNull();
    }

    @Test
    void nanosecondTimestampsAreTextThatSorts() throws Exception {
        assertReads(debezium("long", "NanoTimestamp"), 0L, ColumnType.STRING, "1970-01-01 00:00:00.000000000");
        assertReads(debezium("long", "NanoTimestamp"), -1L, ColumnType.STRING, "1969-12-31 23:59:59.999999999");
        assertReads(
                logical("long", "timestamp-nanos"), Long.MAX_VALUE, ColumnType.STRING, "2262-04-11 23:47:16.854775807");
        assertReads(
                debezium("long", "NanoTimestamp"), Long.MIN_VALUE, ColumnType.STRING, "1677-09-21 00:12:43.145224192");
    }

    @ParameterizedTest
    @CsvSource({
        "0,00:00:00.000",
        "1,00:00:00.001",
        "-1,-00:00:00.001",
        "86399999,23:59:59.999",
        "86400000,24:00:00.000",
        "-2147483648,-596:31:23.648"
    })
    void timesOfDayAreText(int millis, String text) throws Exception {
        assertReads(debezium("int", "Time"), millis, ColumnType.STRING, text);
        assertReads(connect("int", "Time"), millis, ColumnType.STRING, text);
        assertReads(logical("int", "time-millis"), millis, ColumnType.STRING, text);
        assertReads(debezium("long", "MicroTime"), millis * 1000L, ColumnType.STRING, text + "000");
        assertReads(logical("long", "time-micros"), millis * 1000L, ColumnType.STRING, text + "000");
        assertReads(debezium("long", "NanoTime"), millis * 1000_000L, ColumnType.STRING, text + "000000");
    }

    @Test
    void theExtremesOfTimesOfDayAreText() throws Exception {
        assertReads(debezium("long", "MicroTime"), Long.MIN_VALUE, ColumnType.STRING, "-2562047788:00:54.775808");
        assertReads(debezium("long", "MicroTime"), -3_020_399_000_000L, ColumnType.STRING, "-838:59:59.000000");
    }

    @Test
    void arraysOfScalarsAreListsThatMayHoldNulls() throws Exception {
        String nullableInts = "{\"type\":\"array\",\"items\":[\"null\",\"int\"]}";
        ColumnType ints = ColumnType.array(ColumnType.INT);
        assertReads(nullableInts, List.of(), ints, List.of());
        assertReads(nullableInts, Arrays.asList(1, null, -3), ints, Arrays.asList(1, null, -3));
        assertReads(
                "{\"type\":\"array\",\"items\":" + connectDecimal("1", "3") + "}",
                List.of(unscaled(new BigDecimal("1.5"))),
                ColumnType.array(ColumnType.decimal(3, 1)),
                List.of(new BigDecimal("1.5")));
        assertReads(
                "{\"type\":\"array\",\"items\":" + connectDecimal("1", "3") + "}",
                List.of(unscaled(new BigDecimal("1.5")), unscaled(new BigDecimal("1000.5"))),
                ColumnType.array(ColumnType.decimal(3, 1)),
                new Values.Rescued("[1.5,\"1000.5\"]"));
    }

    @Test
    void whatNoColumnHoldsIsJson() throws Exception {
        Schema point =
                AvroBytes.parse("{\"type\":\"record\",\"name\":\"Point\",\"namespace\":\"io.debezium.data.geometry\","
                        + "\"fields\":[{\"name\":\"x\",\"type\":\"double\"},{\"name\":\"y\",\"type\":\"double\"},"
                        + "{\"name\":\"wkb\",\"type\":[\"null\",\"bytes\"]},{\"name\":\"srid\",\"type\":[\"null\",\"int\"]},"
                        + "{\"name\":\"day\",\"type\":" + debezium("int", "Date") + "},"
                        + "{\"name\":\"at\",\"type\":" + debezium("long", "MicroTimestamp") + "}]}");
        GenericRecord value = new GenericData.Record(point);
        value.put("x", 1.5);
        value.put("y", -2.0);
        value.put("wkb", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        value.put("day", -1);
        value.put("at", 1L);
        assertReads(
                point.toString(),
                value,
                ColumnType.STRING,
                "{\"x\":1.5,\"y\":-2.0,\"wkb\":\"AQID\",\"srid\":null,\"day\":\"1969-12-31\","
                        + "\"at\":\"1970-01-01T00:00:00.000001Z\"}");
        Map<String, Object> hstore = new LinkedHashMap<>();
        hstore.put("a \"quoted\"", "1");
        hstore.put("b", null);
        assertReads(
                "{\"type\":\"map\",\"values\":[\"null\",\"string\"]}",
                hstore,
                ColumnType.STRING,
                "{\"a \\\"quoted\\\"\":\"1\",\"b\":null}");
        assertReads(
                "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"long\"}}",
                List.of(List.of(1L, 2L), List.of()),
                ColumnType.STRING,
                "[[1,2],[]]");
    }

    @Test
    void thePlaceholderOfUnavailableValuesIsUnavailableInEveryFormThatDebeziumHasForIt() throws Exception {
        byte[] bytes = PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
        List<Integer> ints = new ArrayList<>();
        List<Long> longs = new ArrayList<>();
        for (byte each : bytes) {
            ints.add((int) each);
            longs.add((long) each);
        }
        assertUnavailable("\"string\"", PLACEHOLDER);
        assertUnavailable(named("string", "io.debezium.data.Json"), PLACEHOLDER);
        assertUnavailable(debezium("string", "ZonedTimestamp"), PLACEHOLDER);
        assertUnavailable("\"bytes\"", ByteBuffer.wrap(bytes));
        assertUnavailable(connectDecimal("2", "10"), ByteBuffer.wrap(bytes));
        assertUnavailable("{\"type\":\"array\",\"items\":\"string\"}", List.of(PLACEHOLDER));
        assertUnavailable("{\"type\":\"array\",\"items\":[\"null\",\"int\"]}", ints);
        assertUnavailable("{\"type\":\"array\",\"items\":\"long\"}", longs);
        assertUnavailable("{\"type\":\"map\",\"values\":[\"null\",\"string\"]}", Map.of(PLACEHOLDER, PLACEHOLDER));
    }

    @Test
    void whatOnlyLooksLikeThePlaceholderIsAValue() throws Exception {
        String near = PLACEHOLDER.replace('v', 'w');
        assertReads("\"string\"", near, ColumnType.STRING, near);
        assertReads("\"string\"", PLACEHOLDER + " ", ColumnType.STRING, PLACEHOLDER + " ");
        assertReads(
                "{\"type\":\"array\",\"items\":\"string\"}",
                List.of(PLACEHOLDER, "b"),
                ColumnType.array(ColumnType.STRING),
                List.of(PLACEHOLDER, "b"));
        assertReads(
                "{\"type\":\"array\",\"items\":\"int\"}",
                Collections.nCopies(PLACEHOLDER.length(), 95),
                ColumnType.array(ColumnType.INT),
                Collections.nCopies(PLACEHOLDER.length(), 95));
    }

    private static void assertUnavailable(String type, Object value) throws Exception {
        assertThat(read(type, value)).as(type).isSameAs(Values.UNAVAILABLE);
        Schema schema = AvroBytes.parse(type);
        byte[] bytes = AvroBytes.of(schema, value);
        AvroInput in = new AvroInput().reset(bytes, 0, bytes.length);
        Skippers.of(schema, "x").skip(in);
        in.expectEnd();
        assertThat(in.placeholderSeen()).as("seen while skipping " + type).isTrue();
    }

    /** Reads the value as a required column, and as a nullable one with null before and after it. */
    private static void assertReads(String type, Object value, ColumnType columnType, Object expected)
            throws Exception {
        assertThat(read(type, value)).as(type).isEqualTo(expected);
        String nullFirst = "[\"null\"," + type + "]";
        String nullLast = "[" + type + ",\"null\"]";
        assertThat(read(nullFirst, value)).isEqualTo(expected);
        assertThat(read(nullLast, value)).isEqualTo(expected);
        assertThat(read(nullFirst, null)).isNull();
        assertThat(read(nullLast, null)).isNull();
        assertThat(schema(type).columns().get(1)).isEqualTo(new Column("x", columnType, false));
        assertThat(schema(nullLast).columns().get(1)).isEqualTo(new Column("x", columnType, true));
    }

    private static RowSchema schema(String type) throws UnsupportedSchemaException {
        Schema record =
                AvroBytes.parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"},"
                        + "{\"name\":\"x\",\"type\":" + type + "},{\"name\":\"z\",\"type\":\"string\"}]}");
        return RowSchemas.of(record, List.of("id"));
    }

    private static Object read(String type, Object value) throws Exception {
        RowSchema schema = schema(type);
        GenericRecord record = new GenericData.Record(schema.avro());
        record.put("id", 7);
        record.put("x", value);
        record.put("z", "last");
        byte[] row = AvroBytes.of(schema.avro(), record);
        byte[] bytes = new byte[row.length + 5];
        System.arraycopy(row, 0, bytes, 3, row.length);
        Object[] values = new Object[3];
        RowReaders.of(schema).read(bytes, 3, row.length, values);
        assertThat(values[0]).isEqualTo(7);
        assertThat(values[2]).isEqualTo("last");
        Object[] others = {null, "untouched", null};
        RowReaders.of(schema, java.util.Set.of("z", "unknown")).read(bytes, 3, row.length, others);
        assertThat(others).containsExactly(null, "untouched", "last");
        return values[1];
    }

    private static ByteBuffer unscaled(BigDecimal value) {
        BigInteger number = value.unscaledValue();
        return ByteBuffer.wrap(number.toByteArray());
    }

    private static String connectDecimal(String scale, String precision) {
        return "{\"type\":\"bytes\",\"connect.version\":1,\"connect.parameters\":{\"scale\":\"" + scale + "\""
                + (precision == null ? "" : ",\"connect.decimal.precision\":\"" + precision + "\"")
                + "},\"connect.name\":\"org.apache.kafka.connect.data.Decimal\"}";
    }

    private static String debezium(String type, String name) {
        return named(type, "io.debezium.time." + name);
    }

    private static String connect(String type, String name) {
        return named(type, "org.apache.kafka.connect.data." + name);
    }

    private static String named(String type, String name) {
        return "{\"type\":\"" + type + "\",\"connect.version\":1,\"connect.name\":\"" + name + "\"}";
    }

    private static String logical(String type, String name) {
        return "{\"type\":\"" + type + "\",\"logicalType\":\"" + name + "\"}";
    }
}
