package io.tributary.local.rebucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.Changes;
import io.tributary.lake.write.SmallLake;
import io.tributary.local.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebucketCommandTest {
    private static final Changes ITEM = Changes.of("item");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) {
        return RebucketCommand.execute(args, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Test
    void aTableGetsTheNumberAndTheSettingForTheJobIsPrinted() throws IOException {
        SmallLake lake = new SmallLake(directory, ITEM.table()).commit(ITEM.upsert(1, 1, "a", "b"));
        assertThat(run("--lake", directory.toString(), "--buckets", "3", "shop.public.item"))
                .isEqualTo(ExitCode.OK);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("shop.public.item: 3 buckets, were 1; 1 rows, ")
                .contains("start the job with Table.shop.public.item.buckets=3");
        assertThat(lake.row("1")).containsEntry("name", "a");
        assertThat(directory.resolve("_lease"))
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(path).isEmptyDirectory());
    }

    @Test
    void autoGivesASmallTableOneBucket() throws IOException {
        new SmallLake(directory, ITEM.table(), Map.of("buckets", "4"), Map.of())
                .commit(ITEM.upsert(1, 1, "a", "b"), ITEM.upsert(2, 2, "a", "b"), ITEM.upsert(3, 3, "a", "b"));
        assertThat(run("--lake", directory.toString(), "--buckets", "auto", "shop.public.item"))
                .isEqualTo(ExitCode.OK);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("1 buckets, were 4; 3 rows");
    }

    @Test
    void whatIsWrongIsTold() {
        assertThat(run("--lake", directory.toString(), "--buckets", "many", "a.b.c"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--lake", directory.toString(), "--buckets", "2", "item"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--lake", directory.toString(), "--buckets", "2", "a.b.c"))
                .isEqualTo(ExitCode.FAILED);
    }
}
