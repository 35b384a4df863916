package io.tributary.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.TributaryConfig;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.junit.jupiter.api.Test;

class DeadLetterSinksTest {
    @Test
    void theDefaultIsADirectoryBelowTheLake() {
        TributaryConfig config = config(Map.of());
        assertThat(DeadLetterSinks.directory(config)).isEqualTo("s3://lake/a/_dead_letters");
        assertThat(DeadLetterSinks.create(config)).isInstanceOf(DirectorySink.class);
    }

    @Test
    void aDirectoryThatIsNamedIsTaken() {
        assertThat(DeadLetterSinks.directory(config(Map.of("path", "/tmp/dead"))))
                .isEqualTo("/tmp/dead");
    }

    @Test
    void aTopicIsTakenForTypeTopic() {
        assertThat(DeadLetterSinks.create(config(Map.of("type", "topic", "topic", "dead"))))
                .isInstanceOf(KafkaSink.class);
    }

    @Test
    void aValueOverTheLimitIsADeadLetter() {
        SizeLimit limit = new SizeLimit(new MemorySize(3));
        assertThat(limit.check(valued(new byte[3]))).isNull();
        assertThat(limit.check(valued(null))).isNull();
        DeadLetter letter = limit.check(valued(new byte[4]));
        assertThat(letter.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(letter.message()).contains("4 bytes", "Source.max.value.size");
    }

    private static RawRecord valued(byte[] value) {
        return RawRecord.ofKafka("t", 0, 0, 0, null, value, Headers.NONE);
    }

    private static TributaryConfig config(Map<String, String> deadLetter) {
        return new TributaryConfig(Map.of(
                "Source", Configuration.fromMap(Map.of("bootstrap.servers", "b:1")),
                "Lake", Configuration.fromMap(Map.of("path", "s3://lake/a/")),
                "DeadLetter", Configuration.fromMap(deadLetter)));
    }
}
