package io.tributary.lake.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.schema.TableSchema;
import io.tributary.row.Column;
import io.tributary.row.ColumnType;
import io.tributary.row.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The merge is a join: in whatever order a key's changes come, and however often, they end in one row. */
class RowStatePropertiesTest {
    private static final TableSchema SCHEMA = new TableSchema(
            List.of(
                    new Column("id", ColumnType.INT, false),
                    new Column("name", ColumnType.STRING, true),
                    new Column("notes", ColumnType.STRING, true),
                    new Column("size", ColumnType.INT, true)),
            List.of("id"));

    private static final int UNPLACED = 4;

    private enum Kind {
        COMPLETE,
        PARTS_UNAVAILABLE,
        DELETE_WITH_IMAGE,
        DELETE_WITH_KEY,
        TRUNCATE
    }

    /** One change of the row with key 7, at a place in the log. */
    private record Change(Kind kind, Object[] values, boolean[] given) {
        RowState at(int place) {
            String position = String.format("%04d", place);
            int size = SCHEMA.columns().size();
            String[] positions = kind == Kind.COMPLETE ? null : new String[size + 1];
            Object[] kept = Arrays.copyOf(values, size);
            for (int i = 0; i < size && positions != null; i++) {
                boolean key = i == 0;
                if (kind == Kind.TRUNCATE || !key && (kind == Kind.DELETE_WITH_KEY || !given[i])) {
                    positions[i] = RowState.UNKNOWN;
                    kept[i] = null;
                } else if (!key && kind == Kind.DELETE_WITH_IMAGE) {
                    positions[i] = kept[i] == null ? RowState.UNKNOWN : RowState.beforeImage(position);
                }
            }
            if (kind != Kind.COMPLETE && kind != Kind.PARTS_UNAVAILABLE) {
                positions[size] = RowState.UNKNOWN;
            }
            UnplacedValues unplaced = unplaced(position, positions == null ? position : positions[size]);
            if (unplaced.allAt(position)
                    && positions != null
                    && Arrays.stream(positions).allMatch(Objects::isNull)) {
                positions = null; // nothing is unavailable after all
            }
            boolean delete = kind.ordinal() >= Kind.DELETE_WITH_IMAGE.ordinal();
            return new RowState(position, kind.name(), delete, place, kept, positions, unplaced);
        }

        /** The last value is of a column that the table does not have. */
        private UnplacedValues unplaced(String position, String others) {
            UnplacedValues.Builder unplaced = new UnplacedValues.Builder(others == null ? position : others);
            String text = (String) values[UNPLACED];
            boolean image = kind == Kind.DELETE_WITH_IMAGE && given[UNPLACED] && text != null;
            if (kind == Kind.COMPLETE || kind == Kind.PARTS_UNAVAILABLE && given[UNPLACED]) {
                unplaced.put("extra", text, position);
            } else {
                unplaced.put("extra", image ? text : null, image ? RowState.beforeImage(position) : RowState.UNKNOWN);
            }
            return unplaced.build();
        }
    }

    @Property
    void anyOrderAndRepetitionEndsInTheSameRow(@ForAll("histories") List<Change> history, @ForAll Random random) {
        List<RowState> changes = states(history);
        List<RowState> arrived = new ArrayList<>(changes);
        for (RowState change : changes) {
            for (int again = random.nextInt(3); again > 0; again--) {
                arrived.add(change);
            }
        }
        java.util.Collections.shuffle(arrived, random);
        assertThat(arrived.stream().reduce(RowState::merge))
                .isEqualTo(changes.stream().reduce(RowState::merge));
    }

    @Property
    void mergeIsCommutativeAssociativeAndIdempotent(@ForAll("histories") List<Change> history, @ForAll Random random) {
        List<RowState> changes = states(history);
        RowState a = some(changes, random);
        RowState b = some(changes, random);
        RowState c = some(changes, random);
        assertThat(RowState.merge(a, b)).isEqualTo(RowState.merge(b, a));
        assertThat(RowState.merge(a, RowState.merge(b, c))).isEqualTo(RowState.merge(RowState.merge(a, b), c));
        assertThat(RowState.merge(a, a)).isEqualTo(a);
        assertThat(RowState.merge(RowState.merge(a, b), b)).isEqualTo(RowState.merge(a, b));
    }

    @Property
    void eachColumnHoldsItsNewestValueThatWasWritten(@ForAll("histories") List<Change> history) {
        RowState merged = states(history).stream().reduce(RowState::merge).orElseThrow();
        Change newest = history.get(history.size() - 1);
        assertThat(merged.op()).isEqualTo(newest.kind.name());
        assertThat(merged.deleted()).isEqualTo(newest.kind.ordinal() >= Kind.DELETE_WITH_IMAGE.ordinal());
        for (int column = 1; column < SCHEMA.columns().size(); column++) {
            assertThat(merged.value(column)).isEqualTo(expected(history, column));
        }
        Map<String, String> unplaced = new java.util.HashMap<>();
        merged.unplaced().forEachText(unplaced::put);
        assertThat(unplaced.get("extra")).isEqualTo(expected(history, UNPLACED));
    }

    private static Object expected(List<Change> history, int column) {
        for (int i = history.size() - 1; i >= 0; i--) {
            Change change = history.get(i);
            if (change.kind == Kind.COMPLETE || change.kind == Kind.PARTS_UNAVAILABLE && change.given[column]) {
                return change.values[column];
            }
        }
        for (int i = history.size() - 1; i >= 0; i--) {
            Change change = history.get(i);
            if (change.kind == Kind.DELETE_WITH_IMAGE && change.given[column] && change.values[column] != null) {
                return change.values[column];
            }
        }
        return null;
    }

    @Property
    void aRowIsTheSameAfterItsPositionsWereStored(@ForAll("histories") List<Change> history) {
        RowState row = states(history).stream().reduce(RowState::merge).orElseThrow();
        String stored = ColumnPositions.write(row, SCHEMA);
        String[] read = ColumnPositions.read(ColumnPositions.parse(stored), SCHEMA, row.position());
        for (int column = 1; column <= row.size(); column++) {
            String position = read == null || read[column] == null ? row.position() : read[column];
            assertThat(position).isEqualTo(row.columnPosition(column));
        }
        assertThat(stored == null).isEqualTo(allAsNewAsTheRow(row));
        assertThat(ColumnPositions.unplaced(
                        RescuedData.read(RescuedData.write(row, SCHEMA)),
                        ColumnPositions.parse(stored),
                        SCHEMA,
                        row.position()))
                .isEqualTo(row.unplaced());
    }

    private static boolean allAsNewAsTheRow(RowState row) {
        for (int column = 1; column <= row.size(); column++) {
            if (!row.columnPosition(column).equals(row.position())) {
                return false;
            }
        }
        return row.unplaced().allAt(row.position());
    }

    @Property
    void whatAColumnCannotHoldIsReadBackAsItWas(@ForAll List<String> texts) {
        Object[] values = new Object[SCHEMA.columns().size()];
        Map<String, String> expected = new java.util.HashMap<>();
        for (int i = 1; i < Math.min(values.length, texts.size() + 1); i++) {
            values[i] = new Values.Rescued(texts.get(i - 1));
            expected.put(SCHEMA.columns().get(i).name(), texts.get(i - 1));
        }
        String stored = RescuedData.write(new RowState("1", "c", false, 0, values, null, UnplacedValues.NONE), SCHEMA);
        assertThat(stored == null).isEqualTo(expected.isEmpty());
        assertThat(RescuedData.read(stored)).isEqualTo(expected);
    }

    @Example
    void positionsThatAreAllAlikeTakeOneEntry() {
        RowState deleted =
                new Change(Kind.DELETE_WITH_KEY, new Object[] {7, null, null, null, null}, new boolean[5]).at(2);
        RowState stored = new Change(Kind.COMPLETE, new Object[] {7, "a", "b", 3, "e"}, new boolean[5]).at(1);
        assertThat(ColumnPositions.write(RowState.merge(stored, deleted), SCHEMA))
                .isEqualTo("{\"*\":\"0001\"}");
    }

    @Example
    void aBeforeImageIsOlderThanAnythingWrittenAndNewerThanNothing() {
        assertThat(RowState.beforeImage("9999")).isLessThan("0000").isGreaterThan(RowState.UNKNOWN);
        assertThat(RowState.beforeImage("0002")).isGreaterThan(RowState.beforeImage("0001"));
    }

    private static List<RowState> states(List<Change> history) {
        List<RowState> states = new ArrayList<>();
        for (Change change : history) {
            states.add(change.at(states.size() + 1));
        }
        return states;
    }

    private static RowState some(List<RowState> changes, Random random) {
        RowState some = changes.get(random.nextInt(changes.size()));
        for (int more = random.nextInt(3); more > 0; more--) {
            some = RowState.merge(some, changes.get(random.nextInt(changes.size())));
        }
        return some;
    }

    @Provide
    Arbitrary<List<Change>> histories() {
        Arbitrary<String> text = Arbitraries.strings().alpha().ofMaxLength(3).injectNull(0.2);
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 9).injectNull(0.2);
        Arbitrary<boolean[]> given =
                Arbitraries.of(true, false).array(boolean[].class).ofSize(5);
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Combinators.combine(text, text, number, text).as(Tuple::of),
                        given)
                .as((kind, row, present) ->
                        new Change(kind, new Object[] {7, row.get1(), row.get2(), row.get3(), row.get4()}, present))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
