package io.tributary.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWriterTest {
    @TempDir
    Path directory;

    @Test
    void eachCheckpointLeavesAFileWithItsLetters() throws IOException {
        try (DirectoryWriter writer = new DirectoryWriter(directory.toUri().toString(), Map.of(), 3)) {
            writer.write(DeadLetters.at(1), null);
            writer.write(DeadLetters.at(2), null);
            writer.flush(false);
            writer.write(DeadLetters.at(3), null);
            writer.flush(true);
        }
        assertThat(files())
                .hasSize(2)
                .allSatisfy(file -> assertThat(directory.relativize(file).toString())
                        .matches("\\d{4}-\\d\\d-\\d\\d/dead-letters-3-[0-9a-f-]{36}-[01]\\.jsonl"));
        assertThat(offsets()).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aCheckpointWithoutLettersLeavesNothing() throws IOException {
        try (DirectoryWriter writer = new DirectoryWriter(directory.toString(), Map.of(), 0)) {
            writer.flush(false);
            writer.flush(true);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whatWasNotFlushedIsHiddenAndAnotherAttemptWritesBesideIt() throws IOException {
        try (DirectoryWriter failing = new DirectoryWriter(directory.toString(), Map.of(), 0)) {
            failing.write(DeadLetters.at(1), null);
        }
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString()).startsWith("."));
        assertThat(offsets()).isEmpty();
        try (DirectoryWriter restarted = new DirectoryWriter(directory.toString(), Map.of(), 0)) {
            restarted.write(DeadLetters.at(1), null);
            restarted.flush(false);
        }
        assertThat(offsets()).containsExactly(1L);
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (DirectoryWriter writer = new DirectoryWriter(file.toString(), Map.of(), 0)) {
            assertThatThrownBy(() -> writer.write(DeadLetters.at(1), null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("DeadLetter.path");
        }
    }

    @Test
    void theLakesHadoopSettingsAreUsed() throws IOException {
        try (DirectoryWriter writer = new DirectoryWriter(
                "file://" + directory, Map.of("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem"), 0)) {
            writer.write(DeadLetters.at(1), null);
            writer.flush(false);
        }
        assertThat(offsets()).containsExactly(1L);
        try (DirectoryWriter writer =
                new DirectoryWriter("file://" + directory, Map.of("fs.file.impl", "no.such.FileSystem"), 0)) {
            assertThatThrownBy(() -> writer.write(DeadLetters.at(1), null))
                    .hasStackTraceContaining("no.such.FileSystem");
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private List<Long> offsets() throws IOException {
        return files().stream()
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .flatMap(DirectoryWriterTest::lines)
                .map(DirectoryWriterTest::offset)
                .toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long offset(String line) {
        try {
            return DeadLetterLine.read(line).record().offset();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
