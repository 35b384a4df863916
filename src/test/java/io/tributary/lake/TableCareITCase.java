package io.tributary.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.write.SmallLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is written to without end: what it takes up stays the same. */
class TableCareITCase {
    private static final Changes ITEM = Changes.of("item");
    private static final int ROWS = 200;
    private static final int EARLY = 50;
    private static final int LATE = 500;
    /** A commit a minute: 20 of them. */
    private static final String RETENTION = "20 min";
    /** Three for each commit and each clean; archived above 20 + 10 + 20 of either, looked at after each ten commits. */
    private static final int TIMELINE_FILES = 3 * (50 + 10) + 3 * (50 + 1);

    @TempDir
    Path directory;

    /** What a table takes up. */
    private record Size(int dataFiles, long dataBytes, int timelineFiles, int archiveFiles, long archiveBytes) {}

    @Test
    void storageAndTimelineStayFlatOverFiveHundredCommits() throws IOException {
        SmallLake lake = new SmallLake(directory, ITEM.table(), Map.of("retention", RETENTION), Map.of());
        for (int row = 0; row < ROWS; row++) {
            lake.add(ITEM.upsert(row + 1, row, "name " + row, "note"));
        }
        lake.flush().commit();
        Size early = null;
        for (int commit = 2; commit <= LATE; commit++) {
            lake.commit(ITEM.upsert(1_000 + commit, commit % ROWS, "name", "note " + commit))
                    .maintain();
            if (commit == EARLY) {
                early = size();
            }
        }
        Size late = size();
        System.out.printf(
                "%d rows, retention %s: after %d commits %s, after %d commits %s%n",
                ROWS, RETENTION, EARLY, early, LATE, late);
        assertThat(late.dataFiles()).isLessThanOrEqualTo(early.dataFiles() + 10);
        assertThat(late.dataBytes()).isLessThanOrEqualTo(early.dataBytes() * 3 / 2);
        assertThat(late.timelineFiles()).isLessThanOrEqualTo(TIMELINE_FILES);
        assertThat(lake.stored().rows()).hasSize(ROWS);
        assertThat(lake.row("100").get("notes")).isEqualTo("note " + LATE);
    }

    private Size size() throws IOException {
        Path table = directory.resolve(ITEM.table().fullName());
        Path meta = table.resolve(".hoodie");
        List<Path> data = files(table.resolve("__table=item"));
        List<Path> archive = files(meta.resolve("archived"));
        try (Stream<Path> timeline = Files.list(meta)) {
            return new Size(
                    (int) data.stream()
                            .filter(file -> file.toString().endsWith(".parquet"))
                            .count(),
                    bytes(data),
                    (int) timeline.filter(Files::isRegularFile).count(),
                    archive.size(),
                    bytes(archive));
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
