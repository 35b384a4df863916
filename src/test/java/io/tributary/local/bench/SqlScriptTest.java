package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlScriptTest {
    @TempDir
    Path directory;

    @Test
    void theBaselineReadsDebeziumsAvroAndUpsertsIntoABucketedCopyOnWriteTable() {
        SqlScript script = new SqlScript(spec(Form.ENVELOPE, -1, Map.of()));
        assertThat(script.source(0))
                .contains("`pricepaid` DECIMAL(8, 2)", "PRIMARY KEY (`salesid`) NOT ENFORCED", "'earliest-offset'")
                .contains("'format' = 'debezium-avro-confluent'", "'debezium-avro-confluent.url' = 'http://r/ccompat'");
        assertThat(script.sink(0))
                .contains("'path' = 'file:///lake/tickit.ecomm.sale'", "'table.type' = 'COPY_ON_WRITE'")
                .contains("'index.type' = 'BUCKET'", "'hoodie.bucket.index.num.buckets' = '4'", "'write.tasks' = '3'");
        assertThat(script.insert(0)).isEqualTo("INSERT INTO lake_0 SELECT * FROM source_0");
    }

    @Test
    void itFollowsTheLoad() {
        SqlScript script = new SqlScript(spec(Form.FLATTENED, 77, Map.of("Lake.buckets", "1")));
        assertThat(script.source(0))
                .contains("'format' = 'avro-confluent'", "`__op` STRING", "'scan.startup.timestamp-millis' = '77'")
                .doesNotContain("PRIMARY KEY");
        assertThat(script.sink(0)).contains("'hoodie.bucket.index.num.buckets' = '1'", "PRIMARY KEY (`salesid`)");
    }

    @Test
    void aRunsProcessReadsWhatItHasToDo() {
        RunSpec spec = spec(Form.ENVELOPE, 5, Map.of("Lake.buckets", "2"));
        Path file = directory.resolve("spec.json");
        spec.write(file);
        assertThat(RunSpec.read(file)).isEqualTo(spec);
    }

    private static RunSpec spec(Form form, long fromMs, Map<String, String> settings) {
        return new RunSpec(
                Engine.FLINK_SQL,
                "127.0.0.1:1",
                "http://r",
                "http://r/ccompat",
                LoadTable.share(1, 10),
                form,
                "/lake",
                fromMs,
                0,
                1_000,
                3,
                settings,
                "stop",
                "all-read",
                "figures");
    }
}
