package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.format.Encoded;
import io.tributary.format.WireDecoder;
import io.tributary.row.ColumnType;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Messages that the SQL Server connector's own classes have made; {@code resources/sqlserver/README.md} says how. */
class SqlServerEventsTest {
    private static final JsonNode FILE = file();
    private static final Path SETTINGS = Path.of("deploy/databases/sqlserver.json");
    /** What Kafka Connect takes, and what the connector reads but does not list. */
    private static final Set<String> OTHERS =
            Set.of("connector.class", "tasks.max", "key.converter", "value.converter", "field.name.adjustment.mode");
    /** Prefixes of options that belong to somebody else. */
    private static final Pattern PASSED_ON =
            Pattern.compile("((key|value)\\.converter|topic\\.creation|schema\\.history\\.internal\\.kafka)\\..+");

    @Test
    void everyMessageIsWhatTheConnectorMeant() {
        Outcomes outcomes = read();
        assertThat(outcomes.letters).isEmpty();
        assertThat(outcomes.skips).containsExactly(SkipReason.TOMBSTONE);
        assertThat(outcomes.changes)
                .extracting(event -> event.op().code() + " " + event.key())
                .containsExactly("r 7", "c 7", "u 7", "d 7", "c 8", "c 9");
        assertThat(outcomes.changes)
                .allSatisfy(
                        event -> assertThat(event.table()).isEqualTo(new TableId("tickit", "shop", "dbo", "orders")))
                .allSatisfy(event -> assertThat(event.sourceTsMs()).isEqualTo(1_767_323_045_678L));
    }

    @Test
    void theLogsOrderIsTheOrderOfTheChanges() {
        List<String> positions =
                read().changes.stream().map(ChangeEvent::position).toList();
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        assertThat(positions.get(2)).contains("|s0000002a:00000031:0001.0000000002|");
    }

    @Test
    void theRowsAreExact() throws Exception {
        FoldedTable table = new FoldedTable();
        for (ChangeEvent event : read().changes) {
            table.apply(event);
        }
        assertThat(table.live()).containsOnlyKeys("8", "9");
        Map<String, Object> row = new TreeMap<>(table.live().get("8"));
        assertThat(row.remove("picture")).isEqualTo(new byte[] {0, 1, 2});
        assertThat(row.remove("stamp")).isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 7, 2});
        assertThat(row)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("id", 8),
                        Map.entry("name", "Ann-Marie"),
                        Map.entry("paid", new BigDecimal("0.01")),
                        Map.entry("price", new BigDecimal("1234.5678")),
                        Map.entry("flag", true),
                        Map.entry("small", 200),
                        Map.entry("big", 9_000_000_000_000_000_000L),
                        Map.entry("ratio", 0.1),
                        Map.entry("day", (int) LocalDate.of(2024, 2, 29).toEpochDay()),
                        Map.entry("at3", micros("2024-02-29T23:59:59.997Z")),
                        Map.entry("at6", micros("2024-02-29T23:59:59.123456Z")),
                        Map.entry("at7", "2024-02-29 23:59:59.123456700"),
                        Map.entry("zoned", micros("2024-02-29T21:59:59.123456Z")),
                        Map.entry("guid", "6F9619FF-8B86-D011-B42D-00C04FC964FF"))));
        Map<String, Object> empty = table.live().get("9");
        assertThat(empty).hasSize(16);
        assertThat(empty.values().stream().filter(value -> value != null)).containsExactly(9);
    }

    @Test
    void columnsHaveTheTypesThatTheDocumentationGives() {
        Map<String, ColumnType> types = new TreeMap<>();
        read().changes.get(0).schema().columns().forEach(column -> types.put(column.name(), column.type()));
        assertThat(types)
                .containsEntry("price", ColumnType.decimal(19, 4))
                .containsEntry("at6", ColumnType.TIMESTAMP)
                .containsEntry("at7", ColumnType.STRING)
                .containsEntry("zoned", ColumnType.TIMESTAMP)
                .containsEntry("guid", ColumnType.STRING);
    }

    @Test
    void theSettingsAreOnesThatTheConnectorKnows() throws IOException {
        Set<String> options = new HashSet<>(OTHERS);
        FILE.path("options").forEach(option -> options.add(option.asText()));
        Set<String> unknown = new TreeSet<>();
        new ObjectMapper().readTree(Files.readString(SETTINGS)).fieldNames().forEachRemaining(name -> {
            if (!options.contains(name) && !PASSED_ON.matcher(name).matches()) {
                unknown.add(name);
            }
        });
        assertThat(unknown).isEmpty();
    }

    private static Outcomes read() {
        Outcomes outcomes = new Outcomes();
        EventReader reader = new EventReader(new Schemas(), table -> null);
        for (RawRecord record : records()) {
            reader.read(record, outcomes);
        }
        return outcomes;
    }

    private static List<RawRecord> records() {
        List<RawRecord> records = new ArrayList<>();
        for (JsonNode event : FILE.path("events")) {
            records.add(RawRecord.ofKafka(
                    event.path("topic").asText(),
                    0,
                    records.size(),
                    0,
                    bytes(event, "key"),
                    bytes(event, "value"),
                    Headers.NONE));
        }
        return records;
    }

    private static byte[] bytes(JsonNode event, String field) {
        try {
            return event.path(field).isNull() ? null : event.path(field).binaryValue();
        } catch (IOException e) {
            throw new IllegalStateException("events.json is damaged: " + field + " is no base64", e);
        }
    }

    private static long micros(String instant) {
        Instant time = Instant.parse(instant);
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    private static JsonNode file() {
        try (InputStream in = SqlServerEventsTest.class.getResourceAsStream("/sqlserver/events.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the resource sqlserver/events.json", e);
        }
    }

    /** All messages of the file have the same two schemas. */
    private static final class Schemas implements WireDecoder {
        private final Schema key =
                new Schema.Parser().parse(FILE.path("keySchema").toString());
        private final Schema value =
                new Schema.Parser().parse(FILE.path("valueSchema").toString());

        @Override
        public Encoded key(RawRecord record) {
            return new Encoded(key, record.key(), 0, record.key().length);
        }

        @Override
        public Encoded value(RawRecord record) {
            return new Encoded(value, record.value(), 0, record.value().length);
        }
    }
}
