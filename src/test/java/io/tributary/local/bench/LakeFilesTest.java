package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFilesTest {
    @TempDir
    Path table;

    @Test
    void theNewestCommittedFileOfAGroupCounts() throws IOException {
        commit("20200101000000001", 70);
        commit("20200101000000002", 30);
        write(".hoodie/20200101000000003.commit.requested", "");
        write(".hoodie/20200101000000003.inflight", "");
        write(".hoodie/metadata/files/0-0_1-0-1_20200101000000009.parquet", "");
        write("p=1/a-0_0-1-0_20200101000000001.parquet", "");
        Path newest = write("p=1/a-0_0-2-0_20200101000000002.parquet", "");
        write("p=1/a-0_0-3-0_20200101000000003.parquet", "");
        Path other = write("b-0_0-1-0_20200101000000001.parquet", "");
        LakeFiles files = new LakeFiles(table);
        assertThat(files.newestFiles()).containsExactlyInAnyOrder(newest, other);
        assertThat(files.commits()).containsOnlyKeys("20200101000000001", "20200101000000002");
        assertThat(files.bytesWritten("")).isEqualTo(100);
        assertThat(files.bytesWritten("20200101000000001")).isEqualTo(30);
    }

    @Test
    void aTableThatIsNotThereYetHasNothing() {
        assertThat(new LakeFiles(table.resolve("none")).commits()).isEmpty();
    }

    @Test
    void theSystemTellsThePeakOfTheMemory() {
        assertThat(PeakRss.of("Name:\tjava\nVmHWM:\t   2048 kB\nVmRSS:\t 1 kB\n"))
                .isEqualTo(2L << 20);
        assertThat(PeakRss.of("")).isZero();
    }

    private void commit(String instant, int bytes) throws IOException {
        write(
                ".hoodie/" + instant + ".commit",
                "{\"partitionToWriteStats\":{\"p=1\":[{\"fileSizeInBytes\":" + bytes + "}]}}");
    }

    private Path write(String name, String text) throws IOException {
        Path file = table.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
