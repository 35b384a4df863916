package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.MutatedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file of properties or a setting holds, it is groups of texts or one message that names what is wrong. */
class PropertiesFuzzTest {
    private static final String FILE = """
            [{"PropertyGroupId": "Source", "PropertyMap": {"type": "kafka", "bootstrap.servers": "b:9092", "bounded": true}},
             {"PropertyGroupId": "Lake", "PropertyMap": {"path": "s3://lake/tables", "buckets": 4, "hudi.a": "1"}},
             {"PropertyGroupId": "Table.tickit.ecomm.sale", "PropertyMap": {"key": "id", "buckets": "2"}}]""";
    private static final String SETTING = "Table.tickit.ecomm.sale.hudi.hoodie.bucket.index.num.buckets=8";

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void twentyThousandMutations() throws IOException {
        fuzz(20_000, System.nanoTime());
    }

    @Test
    @Tag("slow")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aMillionMutations() throws IOException {
        fuzz(1_000_000, System.nanoTime());
    }

    private void fuzz(int inputs, long seed) throws IOException {
        System.out.println("PropertiesFuzzTest seed " + seed);
        Random random = new Random(seed);
        Path file = directory.resolve("application-properties.json");
        int values = 0;
        for (int i = 0; i < inputs; i++) {
            String text = MutatedText.of(FILE, random);
            String setting = MutatedText.of(SETTING, random);
            try {
                Files.write(file, text.getBytes(StandardCharsets.UTF_8));
                PropertyGroups groups = PropertyGroups.read(file);
                groups.with(Setting.parse(setting, groups.asMap().keySet()));
                Setting.parse(setting, Set.of());
                values++;
            } catch (ConfigException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", input " + i + ": " + text + " and " + setting, e);
            }
        }
        assertThat(values).as("mutations that stayed readable").isGreaterThan(inputs / 50);
    }
}
