package io.tributary.local.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.Changes;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.lake.write.SmallLake;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.IdleLake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairCommandTest {
    private static final Changes BEFORE = Changes.of("item");
    private static final Changes AFTER = Changes.of(
            "item",
            "id \"int\"",
            "name " + Changes.NULLABLE_TEXT,
            "notes " + Changes.NULLABLE_TEXT,
            "qty [\"null\",\"int\"]");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) {
        return RepairCommand.execute(args, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Test
    void whatIsMovedIsPrintedAndNothingIsWhileAJobHasTheLake() throws Exception {
        new SmallLake(directory, BEFORE.table(), Map.of("schema.evolution", "ignore"), Map.of())
                .commit(BEFORE.upsert(1, 1, "a", "b"))
                .commit(AFTER.upsert(2, 1, "a", "b", 7));
        SmallLake lake = new SmallLake(directory, BEFORE.table()).commit(AFTER.upsert(3, 2, "a", "b", 8));
        String[] command = {"--lake", directory.toString(), "shop.public.item"};
        try (LeaseKeeper job = new IdleLake(directory.toString(), Map.of()).lease("a job")) {
            assertThat(run(command)).isEqualTo(ExitCode.FAILED);
        }
        assertThat(lake.row("1")).containsEntry("qty", null);
        assertThat(run(command)).isEqualTo(ExitCode.OK);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("""
                column  moved  stay
                ------  -----  ----
                qty         1     0
                shop.public.item: 1 rows changed, instant 2""");
        assertThat(lake.row("1")).containsEntry("qty", 7).containsEntry("__rescued_data", null);
        assertThat(run(command)).isEqualTo(ExitCode.OK);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("shop.public.item: no row has rescued values");
        assertThat(run("--lake", directory.toString(), "item")).isEqualTo(ExitCode.USAGE);
    }
}
