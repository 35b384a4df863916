package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lake.Changes;
import io.tributary.local.query.LakeQuery;
import io.tributary.local.query.QueryResult;
import io.tributary.local.query.ReadOptions;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark 3.5 with Hudi's own bundle, and no class of this project, reads what the job writes: the same rows as
 * {@code bin/query}. Not run by {@code mvn verify}; docs/testing.md has the commands.
 */
@Tag("interop")
class SparkInteropITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CLASS_PATH = Path.of("target/interop/classpath.txt");
    private static final Path PROGRAM = Path.of("src/interop/SparkRead.java");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String LIVE = "__deleted = 'false'";
    private static final String[] OPENED = {
        "java.lang",
        "java.lang.invoke",
        "java.lang.reflect",
        "java.io",
        "java.net",
        "java.nio",
        "java.util",
        "java.util.concurrent",
        "java.util.concurrent.atomic",
        "sun.nio.ch",
        "sun.nio.cs",
        "sun.security.action",
        "sun.util.calendar"
    };

    private static final Changes PLAIN = Changes.of("plain");
    private static final Changes PLACED = Changes.of("placed");
    private static final Changes NARROW = Changes.of("evolved", "id \"int\"", "n [\"null\",\"int\"]");
    private static final Changes WIDE =
            Changes.of("evolved", "id \"int\"", "n [\"null\",\"long\"]", "added " + Changes.NULLABLE_TEXT);
    private static final Changes TYPED = Changes.of(
            "typed",
            "id \"int\"",
            "yes [\"null\",\"boolean\"]",
            "l [\"null\",\"long\"]",
            "f [\"null\",\"float\"]",
            "d [\"null\",\"double\"]",
            "amount [\"null\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}]",
            "day [\"null\",{\"type\":\"int\",\"connect.name\":\"io.debezium.time.Date\"}]",
            "at [\"null\",{\"type\":\"long\",\"connect.name\":\"io.debezium.time.MicroTimestamp\"}]",
            "s " + Changes.NULLABLE_TEXT,
            "b [\"null\",\"bytes\"]",
            "ints [\"null\",{\"type\":\"array\",\"items\":[\"null\",\"int\"]}]",
            "texts [\"null\",{\"type\":\"array\",\"items\":[\"null\",\"string\"]}]");

    @TempDir
    Path directory;

    private final ArrayNode requests = JSON.createArrayNode();
    private final Map<String, QueryResult> expected = new TreeMap<>();
    private LakeQuery query;

    @Test
    void sparkReadsTheRowsThatBinQueryReads() throws Exception {
        assumeThat(CLASS_PATH)
                .as("the class path of a Spark; docs/testing.md says how it is made")
                .exists();
        Path lake = Files.createDirectory(directory.resolve("lake"));
        write(lake);
        query = new LakeQuery(lake.toString());
        String first = instants("plain").get(0);
        for (String table : List.of("plain", "placed", "evolved", "typed")) {
            ask(table + " snapshot", table, Map.of(), LIVE, ReadOptions.LIVE);
        }
        ask("plain as of", "plain", Map.of("as.of.instant", first), LIVE, ReadOptions.LIVE.asOf(first));
        String older = instants("evolved").get(0);
        ask("evolved as of", "evolved", Map.of("as.of.instant", older), LIVE, ReadOptions.LIVE.asOf(older));
        ask(
                "plain incremental",
                "plain",
                Map.of(
                        "hoodie.datasource.query.type",
                        "incremental",
                        "hoodie.datasource.read.begin.instanttime",
                        first),
                LIVE,
                ReadOptions.LIVE.since(first));
        ask("placed pruned", "placed", Map.of(), LIVE + " AND name = 'b'", null);
        Map<String, JsonNode> answers = spark();
        System.out.println(answers.values().stream()
                .map(answer -> answer.path("name").asText() + ": "
                        + answer.path("rows").size() + " rows, "
                        + answer.path("files").asLong() + " files"
                        + answer.path("error").asText())
                .collect(Collectors.joining("\n")));
        expected.forEach((name, rows) -> assertSame(name, rows, answers.get(name)));
        assertThat(answers.get("placed pruned").path("rows")).hasSize(1);
        assertThat(answers.get("placed pruned").path("files").asLong()).isEqualTo(1);
        assertThat(answers.get("placed snapshot").path("files").asLong()).isEqualTo(3);
    }

    /** Commits with inserts, updates, deletes, a row that moves to another partition, and changed columns. */
    private static void write(Path lake) throws Exception {
        SmallLake plain = new SmallLake(lake, PLAIN.table(), Map.of("buckets", "2"), Map.of());
        plain.commit(PLAIN.upsert(1, 1, "a", "x"), PLAIN.upsert(2, 2, "b", null), PLAIN.upsert(3, 3, "ü😀", "z"));
        plain.commit(PLAIN.upsert(4, 2, "b2", "new"), PLAIN.deleteWithKeyOnly(5, 3));
        plain.commit(PLAIN.upsert(6, 4, "d", "late"));
        SmallLake placed = new SmallLake(lake, PLACED.table(), Map.of(), Map.of("partition", "name"));
        placed.commit(PLACED.upsert(1, 1, "a", "x"), PLACED.upsert(2, 2, "b", "x"), PLACED.upsert(3, 3, "c", "x"));
        placed.commit(PLACED.upsert(4, 3, "a", "moved"));
        new SmallLake(lake, NARROW.table()).commit(NARROW.upsert(1, 1, 10), NARROW.upsert(2, 2, 20));
        new SmallLake(lake, WIDE.table()).commit(WIDE.upsert(3, 2, 5_000_000_000L, "new"), WIDE.upsert(4, 3, 30, null));
        new SmallLake(lake, TYPED.table())
                .commit(
                        TYPED.upsert(
                                1,
                                1,
                                true,
                                Long.MAX_VALUE,
                                1.5f,
                                0.1,
                                ByteBuffer.wrap(new BigDecimal("1234567.89")
                                        .unscaledValue()
                                        .toByteArray()),
                                19_782,
                                1_709_251_199_123_456L,
                                "😀 ä \"quoted\"\n",
                                ByteBuffer.wrap(new byte[] {0, -1, 127, -128}),
                                Arrays.asList(1, null, -3),
                                Arrays.asList("", null, "ü")),
                        TYPED.upsert(2, 2, null, null, null, null, null, null, null, null, null, null, null));
    }

    private void ask(String name, String table, Map<String, String> options, String where, ReadOptions same) {
        ObjectNode request = requests.addObject();
        request.put("name", name);
        request.put(
                "path",
                directory.resolve("lake").resolve("shop.public." + table).toString());
        request.set("options", JSON.valueToTree(options));
        request.put("where", where);
        if (same != null) {
            expected.put(name, query.table(table, same));
        }
    }

    private List<String> instants(String table) {
        return query.table(table, ReadOptions.LIVE.withMeta().withDeleted()).asMaps().stream()
                .map(row -> row.get("_hoodie_commit_time").toString())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private Map<String, JsonNode> spark() throws Exception {
        Path asked = Files.writeString(directory.resolve("requests.json"), requests.toString());
        Path answered = directory.resolve("answers.json");
        Path log = directory.resolve("spark.log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        for (String opened : OPENED) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                Files.readString(CLASS_PATH).strip(),
                PROGRAM.toString(),
                asked.toString(),
                answered.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(answered).as(Files.readString(log)).exists();
        Map<String, JsonNode> answers = new TreeMap<>();
        JSON.readTree(answered.toFile())
                .forEach(answer -> answers.put(answer.path("name").asText(), answer));
        return answers;
    }

    private static void assertSame(String name, QueryResult expected, JsonNode answer) {
        assertThat(answer.path("error").asText()).as(name).isEmpty();
        List<String> columns = new ArrayList<>();
        answer.path("columns").forEach(column -> columns.add(column.asText()));
        // As of an instant Spark has the columns of that time, bin/query those of today.
        List<List<String>> own = new ArrayList<>();
        for (Map<String, String> row : texts(expected)) {
            row.forEach((column, value) -> {
                if (!columns.contains(column)) {
                    assertThat(value).as("%s: column %s", name, column).isNull();
                }
            });
            row.keySet().retainAll(columns);
            own.add(new ArrayList<>(row.values()));
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : answer.path("rows")) {
            rows.add(expected.columns().stream()
                    .filter(columns::contains)
                    .map(column -> row.path(columns.indexOf(column)))
                    .map(value -> value.isNull() ? null : value.asText())
                    .toList());
        }
        assertThat(expected.rows()).as(name).isNotEmpty();
        assertThat(rows).as(name).containsExactlyInAnyOrderElementsOf(own);
    }

    private static List<Map<String, String>> texts(QueryResult result) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> row : result.asText()) {
            Map<String, String> byColumn = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                byColumn.put(result.columns().get(i), row.get(i));
            }
            rows.add(byColumn);
        }
        return rows;
    }
}
