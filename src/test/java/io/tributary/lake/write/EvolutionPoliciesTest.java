package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lake.Changes;
import io.tributary.lake.schema.SchemaChangeException;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the table in docs/semantics.md: what a policy makes of a change of the source's columns, in stored rows. */
class EvolutionPoliciesTest {
    private static final String TEXT = Changes.NULLABLE_TEXT;
    private static final List<String> POLICIES = List.of("evolve", "lenient", "ignore", "exception");

    @TempDir
    Path directory;

    /** A change of the source's columns: before it, after it, and the value of the column {@code c} on both sides. */
    private enum Change {
        ADDED("x " + TEXT, null, "x " + TEXT + ";c [\"null\",\"double\"]", 1.5),
        DROPPED("x " + TEXT + ";c " + TEXT, "old", "x " + TEXT, null),
        RENAMED("was " + TEXT, "old", "c " + TEXT, "new"),
        INT_TO_LONG("c [\"null\",\"int\"]", 41, "c [\"null\",\"long\"]", 1L << 40),
        INT_TO_LONG_THAT_FITS("c [\"null\",\"int\"]", 41, "c [\"null\",\"long\"]", 42L),
        FLOAT_TO_DOUBLE("c [\"null\",\"float\"]", 0.5f, "c [\"null\",\"double\"]", 0.1),
        DECIMAL_WIDER("c " + decimal(5, 2), bytes("1.25"), "c " + decimal(8, 4), bytes("1234.5678")),
        VARCHAR_LONGER("c " + varchar(10), "old", "c " + varchar(20), "a longer one"),
        NULLABLE("c \"int\"", 41, "c [\"null\",\"int\"]", null),
        NOT_NULL("c [\"null\",\"int\"]", null, "c \"int\"", 42),
        DEFAULT("c \"int\"", 41, "c \"int\",\"default\":5", 42),
        LONG_TO_INT("c [\"null\",\"long\"]", 1L << 40, "c [\"null\",\"int\"]", 42),
        DECIMAL_NARROWER("c " + decimal(8, 4), bytes("1234.5678"), "c " + decimal(5, 2), bytes("1.25")),
        INT_TO_TEXT("c [\"null\",\"int\"]", 41, "c " + TEXT, "forty-two"),
        TEXT_TO_INT("c " + TEXT, "old", "c [\"null\",\"int\"]", 42),
        DOUBLE_TO_LONG("c [\"null\",\"double\"]", 0.5, "c [\"null\",\"long\"]", (1L << 53) + 1),
        DECIMAL_TOO_WIDE("c " + decimal(38, 2), bytes("1.25"), "c " + decimal(38, 10), bytes("1.0123456789"));

        private final Changes before;
        private final Object old;
        private final Changes after;
        private final Object value;

        Change(String before, Object old, String after, Object value) {
            this.before = changes(before);
            this.old = old;
            this.after = changes(after);
            this.value = value;
        }

        private static Changes changes(String columns) {
            List<String> all = new ArrayList<>(List.of("id \"int\""));
            all.addAll(List.of(columns.split(";")));
            return Changes.of("item", all.toArray(new String[0]));
        }
    }

    /** The table's columns, the new row's and the old row's values but for nulls, the new row's rescued data. */
    private record Outcome(String columns, Map<String, Object> row, Map<String, Object> old, String rescued) {}

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        Outcome added = new Outcome("x string, c double", row("x", "x", "c", 1.5), row("x", "x"), null);
        Outcome addedIgnored = new Outcome("x string", row("x", "x"), row("x", "x"), "{\"c\":\"1.5\"}");
        cells(cells, Change.ADDED, added, added, addedIgnored, null);
        Outcome dropped = new Outcome("x string, c string", row("x", "x"), row("x", "x", "c", "old"), null);
        cells(cells, Change.DROPPED, dropped, dropped, dropped, dropped);
        Outcome renamed = new Outcome("was string, c string", row("c", "new"), row("was", "old"), null);
        Outcome renamedIgnored = new Outcome("was string", row(), row("was", "old"), "{\"c\":\"new\"}");
        cells(cells, Change.RENAMED, renamed, renamed, renamedIgnored, null);
        Outcome longs = new Outcome("c bigint", row("c", 1L << 40), row("c", 41L), null);
        Outcome longIgnored = new Outcome("c int", row(), row("c", 41), "{\"c\":\"1099511627776\"}");
        cells(cells, Change.INT_TO_LONG, longs, longs, longIgnored, null);
        Outcome fits = new Outcome("c bigint", row("c", 42L), row("c", 41L), null);
        Outcome fitsIgnored = new Outcome("c int", row("c", 42), row("c", 41), null);
        cells(cells, Change.INT_TO_LONG_THAT_FITS, fits, fits, fitsIgnored, null);
        Outcome doubles = new Outcome("c double", row("c", 0.1), row("c", 0.5), null);
        Outcome doubleIgnored = new Outcome("c float", row(), row("c", 0.5f), "{\"c\":\"0.1\"}");
        cells(cells, Change.FLOAT_TO_DOUBLE, doubles, doubles, doubleIgnored, null);
        Outcome decimals =
                new Outcome("c decimal(8,4)", row("c", number("1234.5678")), row("c", number("1.2500")), null);
        Outcome decimalIgnored =
                new Outcome("c decimal(5,2)", row(), row("c", number("1.25")), "{\"c\":\"1234.5678\"}");
        cells(cells, Change.DECIMAL_WIDER, decimals, decimals, decimalIgnored, null);
        Outcome longer = new Outcome("c string", row("c", "a longer one"), row("c", "old"), null);
        cells(cells, Change.VARCHAR_LONGER, longer, longer, longer, longer);
        Outcome nullable = new Outcome("c int", row(), row("c", 41), null);
        cells(cells, Change.NULLABLE, nullable, nullable, nullable, nullable);
        Outcome notNull = new Outcome("c int", row("c", 42), row(), null);
        cells(cells, Change.NOT_NULL, notNull, notNull, notNull, notNull);
        Outcome withDefault = new Outcome("c int", row("c", 42), row("c", 41), null);
        cells(cells, Change.DEFAULT, withDefault, withDefault, withDefault, withDefault);
        Outcome narrower = new Outcome("c bigint", row("c", 42L), row("c", 1L << 40), null);
        cells(cells, Change.LONG_TO_INT, narrower, narrower, narrower, narrower);
        Outcome decimalNarrower =
                new Outcome("c decimal(8,4)", row("c", number("1.2500")), row("c", number("1234.5678")), null);
        cells(cells, Change.DECIMAL_NARROWER, decimalNarrower, decimalNarrower, decimalNarrower, decimalNarrower);
        Outcome asText = new Outcome("c string", row("c", "42"), row("c", "old"), null);
        cells(cells, Change.TEXT_TO_INT, asText, asText, asText, asText);
        Outcome own = new Outcome("c int, c__string string", row("c__string", "forty-two"), row("c", 41), null);
        Outcome rescued = new Outcome("c int", row(), row("c", 41), "{\"c\":\"forty-two\"}");
        cells(cells, Change.INT_TO_TEXT, own, rescued, rescued, null);
        Outcome ownLong =
                new Outcome("c double, c__bigint bigint", row("c__bigint", (1L << 53) + 1), row("c", 0.5), null);
        Outcome rescuedLong = new Outcome("c double", row(), row("c", 0.5), "{\"c\":\"9007199254740993\"}");
        cells(cells, Change.DOUBLE_TO_LONG, ownLong, rescuedLong, rescuedLong, null);
        Outcome ownDecimal = new Outcome(
                "c decimal(38,2), c__decimal decimal(38,10)",
                row("c__decimal", number("1.0123456789")),
                row("c", number("1.25")),
                null);
        Outcome rescuedDecimal =
                new Outcome("c decimal(38,2)", row(), row("c", number("1.25")), "{\"c\":\"1.0123456789\"}");
        cells(cells, Change.DECIMAL_TOO_WIDE, ownDecimal, rescuedDecimal, rescuedDecimal, null);
        return cells.stream();
    }

    /** @param outcomes by policy, null where the job stops */
    private static void cells(List<Arguments> cells, Change change, Outcome... outcomes) {
        for (int i = 0; i < outcomes.length; i++) {
            cells.add(Arguments.of(change, POLICIES.get(i), outcomes[i]));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void aChangeGoesByThePolicy(Change change, String policy, Outcome expected) throws IOException {
        SmallLake lake = lake(change.before, policy);
        lake.commit(change.before.upsert(1, row(change.before, 7, change.old)));
        if (expected == null) {
            assertStops(lake, change);
            return;
        }
        lake.commit(change.after.upsert(2, row(change.after, 8, change.value)));
        assertThat(columns(lake)).isEqualTo("id int, " + expected.columns);
        assertRow(lake, "8", expected.row, expected.rescued);
        assertRow(lake, "7", expected.old, null);

        // an older event that comes again changes nothing, a new one of the old schema still applies
        lake.restart().commit(change.before.upsert(1, row(change.before, 8, change.old)));
        assertRow(lake, "8", expected.row, expected.rescued);
        lake.commit(change.before.upsert(3, row(change.before, 8, change.old)));
        assertRow(lake, "8", expected.old, null);
        assertThat(columns(lake)).isEqualTo("id int, " + expected.columns);
    }

    private void assertStops(SmallLake lake, Change change) throws IOException {
        String stored = columns(lake);
        assertThatThrownBy(() -> lake.commit(change.after.upsert(2, row(change.after, 8, change.value))))
                .isInstanceOf(SchemaChangeException.class)
                .hasMessageContaining("table shop.public.item")
                .hasMessageContaining(TableSchema.of(change.before.schema()).toString())
                .hasMessageContaining(TableSchema.of(change.after.schema()).toString())
                .hasMessageContaining("Table.shop.public.item.schema.evolution");
        assertThat(columns(lake)).isEqualTo(stored);
        lake.restart().commit(change.before.upsert(3, row(change.before, 9, change.old)));
        assertThat(lake.stored().live()).containsOnlyKeys("7", "9");
    }

    @Test
    void theOldAndTheNewSchemaInOneEpochEndTheSame() throws IOException {
        for (Change change : Change.values()) {
            SmallLake together = new SmallLake(
                    directory.resolve("together" + change), change.before.table(), options("evolve"), Map.of());
            together.commit(
                    change.before.upsert(1, row(change.before, 7, change.old)),
                    change.after.upsert(2, row(change.after, 8, change.value)));
            SmallLake apart = new SmallLake(
                    directory.resolve("apart" + change), change.before.table(), options("evolve"), Map.of());
            apart.commit(change.before.upsert(1, row(change.before, 7, change.old)));
            apart.commit(change.after.upsert(2, row(change.after, 8, change.value)));
            assertThat(withoutHudi(together.row("7"))).isEqualTo(withoutHudi(apart.row("7")));
            assertThat(withoutHudi(together.row("8"))).isEqualTo(withoutHudi(apart.row("8")));
        }
    }

    @Test
    void whatIsKeptOutIsMergedAsColumnsAre() throws IOException {
        Changes before = Changes.of("item", "id \"int\"", "x " + TEXT);
        Changes after = Changes.of("item", "id \"int\"", "x " + TEXT, "c " + TEXT, "big " + TEXT);
        SmallLake lake = lake(before, "ignore").commit(before.upsert(1, 7, "x"));
        lake.commit(after.upsert(2, 7, "x", "c2", "big2"));
        lake.commit(after.upsert(3, 7, "x", "c3", Changes.UNAVAILABLE));
        assertRow(lake, "7", row("x", "x"), "{\"big\":\"big2\",\"c\":\"c3\"}");
        lake.restart().commit(after.deleteWithKeyOnly(4, 7));
        assertThat(lake.row("7"))
                .containsEntry("__deleted", "true")
                .containsEntry("__rescued_data", "{\"big\":\"big2\",\"c\":\"c3\"}");
        lake.commit(after.upsert(5, 7, null, null, "big5"));
        assertRow(lake, "7", row(), "{\"big\":\"big5\"}");
        lake.commit(before.upsert(6, 7, "y"));
        assertRow(lake, "7", row("x", "y"), null);
    }

    @Test
    void aDeleteThatComesFirstDoesNotFixTheColumns() throws IOException {
        for (String policy : POLICIES) {
            Changes changes = Changes.of("item", "id \"int\"", "x " + TEXT);
            SmallLake lake = new SmallLake(directory.resolve(policy), changes.table(), options(policy), Map.of());
            lake.commit(changes.deleteWithoutBefore(1, 7));
            lake.commit(changes.upsert(2, 8, "x"));
            assertRow(lake, "8", row("x", "x"), null);
        }
    }

    @Test
    void aDeleteWithTheKeyAloneIsNoDroppedColumn() throws IOException {
        Changes changes = Changes.of("item", "id \"int\"", "x " + TEXT);
        SmallLake lake = lake(changes, "exception").commit(changes.upsert(1, 7, "x"));
        lake.commit(changes.deleteWithoutBefore(2, 7));
        assertThat(lake.row("7")).containsEntry("x", "x").containsEntry("__deleted", "true");
    }

    @Test
    void aColumnOfTheSourceKeepsItsNameBeforeOneThatAPolicyWouldMake() throws IOException {
        Changes before = Changes.of("item", "id \"int\"", "c [\"null\",\"int\"]", "c__string " + TEXT);
        Changes after = Changes.of("item", "id \"int\"", "c " + TEXT, "c__string " + TEXT);
        SmallLake lake = lake(before, "evolve").commit(before.upsert(1, 7, 41, "mine"));
        lake.commit(after.upsert(2, 8, "forty-two", "mine too"));
        assertRow(lake, "8", row("c__string", "mine too"), "{\"c\":\"forty-two\"}");
    }

    @Test
    void aTableMayHaveAPolicyOfItsOwn() throws IOException {
        SmallLake lake = new SmallLake(
                directory, Change.ADDED.before.table(), options("exception"), Map.of("schema.evolution", "ignore"));
        lake.commit(Change.ADDED.before.upsert(1, 7, "x"));
        lake.commit(Change.ADDED.after.upsert(2, 8, "x", 1.5));
        assertRow(lake, "8", row("x", "x"), "{\"c\":\"1.5\"}");
    }

    @Test
    void rowsWithAnotherKeyAreRefused() throws IOException {
        Changes before = Changes.of("item", "id \"int\"", "x \"int\"");
        Changes after = Changes.of("item", "x \"int\"", "id \"int\"");
        for (String policy : POLICIES) {
            SmallLake lake = new SmallLake(directory.resolve(policy), before.table(), options(policy), Map.of());
            lake.commit(before.upsert(1, 7, 1));
            assertThatThrownBy(() -> lake.commit(after.upsert(2, 1, 7)))
                    .hasMessageContaining("the key of table shop.public.item is [id]")
                    .hasMessageContaining("Table.shop.public.item.key=id");
        }
    }

    private SmallLake lake(Changes changes, String policy) {
        return new SmallLake(directory, changes.table(), options(policy), Map.of());
    }

    private static Map<String, String> options(String policy) {
        return Map.of("schema.evolution", policy);
    }

    /** @return the values of a row: {@code x} is always "x" */
    private static Object[] row(Changes changes, int id, Object value) {
        return changes.schema().columns().stream()
                .map(column -> column.name().equals("id") ? id : column.name().equals("x") ? "x" : value)
                .toArray();
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static void assertRow(SmallLake lake, String key, Map<String, Object> expected, String rescued)
            throws IOException {
        Map<String, Object> stored = lake.row(key);
        Map<String, Object> own = new LinkedHashMap<>(stored);
        own.keySet().removeIf(column -> column.startsWith("_") || column.equals("id"));
        own.values().removeIf(java.util.Objects::isNull);
        assertThat(own).as(key).isEqualTo(expected);
        assertThat(stored).as(key).containsEntry("__rescued_data", rescued);
    }

    private static Map<String, Object> withoutHudi(Map<String, Object> row) {
        Map<String, Object> rest = new LinkedHashMap<>(row);
        rest.keySet().removeIf(column -> column.startsWith("_hoodie_"));
        return rest;
    }

    private static String columns(SmallLake lake) throws IOException {
        String columns = lake.schema().toString();
        return columns.substring(1, columns.indexOf(']'));
    }

    private static String decimal(int precision, int scale) {
        return "[\"null\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":" + precision + ",\"scale\":"
                + scale + "}]";
    }

    private static String varchar(int length) {
        return "[\"null\",{\"type\":\"string\",\"connect.parameters\":{\"__debezium.source.column.length\":\"" + length
                + "\"}}]";
    }

    private static ByteBuffer bytes(String number) {
        return ByteBuffer.wrap(number(number).unscaledValue().toByteArray());
    }

    private static BigDecimal number(String number) {
        return new BigDecimal(number);
    }
}
