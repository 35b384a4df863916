package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lake.Changes;
import io.tributary.lake.commit.Repair.Outcome;
import io.tributary.lake.commit.Repair.Step;
import io.tributary.lake.write.RescuedRewriter.Counts;
import io.tributary.lake.write.SmallLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairTest {
    private static final Changes BEFORE = Changes.of("item", "id \"int\"", "name " + Changes.NULLABLE_TEXT);
    private static final Changes AFTER = Changes.of(
            "item",
            "id \"int\"",
            "name " + Changes.NULLABLE_TEXT,
            "qty [\"null\",\"long\"]",
            "other " + Changes.NULLABLE_TEXT);
    private static final Changes NARROW =
            Changes.of("item", "id \"int\"", "name " + Changes.NULLABLE_TEXT, "qty [\"null\",\"int\"]");

    @TempDir
    Path directory;

    private SmallLake lake(String policy, Map<String, String> tableOptions) {
        return new SmallLake(
                directory, BEFORE.table(), Map.of("buckets", "2", "schema.evolution", policy), tableOptions);
    }

    /** Row 1 to 4 have values that had no column when they were written; from then on the table has {@code qty}, an int. */
    private SmallLake evolved() throws IOException {
        lake("ignore", Map.of())
                .commit(BEFORE.upsert(1, 9, "nine"))
                .commit(
                        AFTER.upsert(2, 1, "a", 11L, null),
                        AFTER.upsert(3, 2, "b", 22L, "stays"),
                        AFTER.upsert(4, 3, "c", 3_000_000_000L, null),
                        AFTER.upsert(5, 4, "d", 44L, null))
                .commit(AFTER.delete(6, 4, "d", 44L, null));
        return lake("lenient", Map.of()).commit(NARROW.upsert(7, 5, "e", 55));
    }

    private Outcome repair(SmallLake lake, boolean dryRun, Repair.Hook hook) throws IOException {
        return new Repair(lake.layout, BEFORE.table(), hook).run(dryRun);
    }

    /** What a row is but for the file that it is in and the commit that wrote it. */
    private static Map<String, Object> row(SmallLake lake, String key) throws IOException {
        Map<String, Object> row = new HashMap<>(lake.row(key));
        row.keySet().removeIf(column -> column.startsWith("_hoodie_"));
        return row;
    }

    private static Map<String, String> counts(Outcome outcome) {
        Map<String, String> counts = new TreeMap<>();
        outcome.columns().forEach((column, of) -> counts.put(column, text(of)));
        return counts;
    }

    private static String text(Counts counts) {
        return counts.moved() + " moved, " + counts.stay() + " stay";
    }

    @Test
    void valuesMoveIntoTheirColumnsWhereTheyFitAndTheRowsAreAsOldAsTheyWere() throws IOException {
        SmallLake lake = evolved();
        Map<String, Object> expected = row(lake, "1");
        assertThat(expected).containsEntry("__rescued_data", "{\"qty\":\"11\"}").containsEntry("qty", null);
        expected.put("qty", 11);
        expected.put("__rescued_data", null);
        Map<String, Object> untouched = lake.row("9");

        assertThat(counts(repair(lake, true, step -> {})))
                .isEqualTo(Map.of("qty", "3 moved, 1 stay", "other", "0 moved, 1 stay"));
        assertThat(row(lake, "1")).as("a dry run writes nothing").isNotEqualTo(expected);
        Outcome outcome = repair(lake, false, step -> {});

        assertThat(counts(outcome)).isEqualTo(Map.of("qty", "3 moved, 1 stay", "other", "0 moved, 1 stay"));
        assertThat(outcome.rows()).isEqualTo(3);
        assertThat(row(lake, "1")).isEqualTo(expected);
        assertThat(row(lake, "2")).containsEntry("qty", 22).containsEntry("__rescued_data", "{\"other\":\"stays\"}");
        assertThat(row(lake, "3"))
                .containsEntry("qty", null)
                .containsEntry("__rescued_data", "{\"qty\":\"3000000000\"}");
        assertThat(row(lake, "4")).containsEntry("qty", 44).containsEntry("__deleted", "true");
        assertThat(lake.row("9").get("_hoodie_commit_time")).isEqualTo(untouched.get("_hoodie_commit_time"));
        assertThat(lake.row("1").get("_hoodie_commit_time")).isEqualTo(outcome.instant());
        assertThat(lake.stored().pendingInstants()).isEmpty();
        assertThat(repair(lake, false, step -> {}).instant())
                .as("a second time")
                .isNull();
    }

    @Test
    void aJobGoesOnBehindIt() throws IOException {
        SmallLake lake = evolved();
        repair(lake, false, step -> {});
        SmallLake job = lake("lenient", Map.of());
        job.commit(AFTER.upsert(2, 1, "a", 11L, null));
        assertThat(row(job, "1")).as("the change that the row is of, again").containsEntry("qty", 11L);
        job.commit(AFTER.upsert(8, 3, "c", 3_000_000_001L, "o"));
        assertThat(row(job, "3"))
                .containsEntry("qty", 3_000_000_001L)
                .containsEntry("other", "o")
                .containsEntry("__rescued_data", null);
        assertThat(row(job, "2")).containsEntry("__rescued_data", "{\"other\":\"stays\"}");
        assertThat(counts(repair(job, false, step -> {}))).isEqualTo(Map.of("other", "1 moved, 0 stay"));
        assertThat(row(job, "2"))
                .containsEntry("qty", 22L)
                .containsEntry("other", "stays")
                .containsEntry("__rescued_data", null);
        assertThat(job.stored().live()).containsOnlyKeys("1", "2", "3", "5", "9");
    }

    @Test
    void aValueIsNotMovedIntoAColumnThatSaysWhichPartitionTheRowIsIn() throws IOException {
        Map<String, String> byQty = Map.of("partition", "qty");
        lake("ignore", byQty).commit(BEFORE.upsert(1, 9, "nine")).commit(AFTER.upsert(2, 1, "a", 11L, null));
        SmallLake lake = lake("lenient", byQty).commit(NARROW.upsert(7, 5, "e", 55));
        assertThat(counts(repair(lake, false, step -> {}))).isEqualTo(Map.of("qty", "0 moved, 1 stay"));
        lake.commit(NARROW.upsert(8, 1, "a", 12));
        assertThat(row(lake, "1")).containsEntry("qty", 12);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void whereItFailsNothingHasChangedAndItCanBeDoneAgain(Step failing) throws IOException {
        SmallLake lake = evolved();
        assertThatThrownBy(() -> repair(lake, false, step -> {
                    if (step == failing) {
                        throw new IOException("fails before " + step);
                    }
                }))
                .hasMessageContaining("fails");
        assertThat(lake.row("1")).containsEntry("__rescued_data", "{\"qty\":\"11\"}");
        assertThat(lake.stored().pendingInstants()).isEmpty();
        assertThat(repair(lake, false, step -> {}).rows()).isEqualTo(3);
        assertThat(row(lake, "1")).containsEntry("qty", 11);
    }

    @Test
    void aJobThatWritesIsLeftAloneAndOneThatStartsMeanwhileMakesItGiveUp() throws IOException {
        SmallLake lake = evolved();
        lake.add(NARROW.upsert(8, 6, "f", 66)).flush();
        assertThatThrownBy(() -> repair(lake, false, step -> {}))
                .hasMessageContaining("uncommitted instant")
                .hasMessageContaining("flink stop");
        lake.commit();
        assertThatThrownBy(() -> repair(lake, false, step -> {
                    if (step == Step.COMMIT) { // a job that had the table open already
                        lake.commit(NARROW.upsert(9, 6, "f", 67));
                    }
                }))
                .hasMessageContaining("stop the job");
        assertThat(lake.row("1")).containsEntry("__rescued_data", "{\"qty\":\"11\"}");
        assertThat(lake.row("6")).containsEntry("qty", 67);
        assertThat(lake.stored().pendingInstants()).isEmpty();
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> repair(lake("ignore", Map.of()), false, step -> {}))
                .hasMessageContaining("there is no table shop.public.item");
    }
}
