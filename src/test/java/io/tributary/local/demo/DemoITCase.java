package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoITCase {
    @TempDir
    Path directory;

    @Test
    void theRecordedChangesAreShownToTheEnd() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new Demo(directory.resolve("lake"), true, null, new PrintStream(text)).run();
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("Flink's web interface http://127.0.0.1:")
                .contains("first commit after")
                .contains("committed 7,519  dead letters 0")
                .contains("sales by venuecity, 2020-12-31")
                .containsPattern("tickit\\.ecomm\\.sale +3188 ");
    }
}
