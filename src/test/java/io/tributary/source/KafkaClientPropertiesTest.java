package io.tributary.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.TributaryConfig;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class KafkaClientPropertiesTest {
    private static final TributaryConfig CONFIG = new TributaryConfig(Map.of(
            "Source",
            Configuration.fromMap(Map.of(
                    "bootstrap.servers",
                    "b:1",
                    "kafka.isolation.level",
                    "read_uncommitted",
                    "kafka.max.poll.records",
                    "7")),
            "DeadLetter",
            Configuration.fromMap(Map.of("kafka.linger.ms", "9")),
            "Auth",
            Configuration.fromMap(Map.of("type", "tls"))));

    @Test
    void everyClientIsAuthenticated() {
        for (Properties properties : new Properties[] {
            KafkaClientProperties.client(CONFIG),
            KafkaClientProperties.consumer(CONFIG),
            KafkaClientProperties.producer(CONFIG, "DeadLetter")
        }) {
            assertThat(properties).containsEntry("security.protocol", "SSL").containsEntry("bootstrap.servers", "b:1");
        }
    }

    @Test
    void thePassedThroughPropertiesWin() {
        assertThat(KafkaClientProperties.consumer(CONFIG))
                .containsEntry("max.poll.records", "7")
                .containsEntry("isolation.level", "read_uncommitted");
        assertThat(KafkaClientProperties.producer(CONFIG, "DeadLetter"))
                .containsEntry("linger.ms", "9")
                .containsEntry("acks", "all")
                .doesNotContainKey("max.poll.records");
    }

    @Test
    void onlyCommittedTransactionsAreReadByDefault() {
        TributaryConfig plain =
                new TributaryConfig(Map.of("Source", Configuration.fromMap(Map.of("bootstrap.servers", "b:1"))));
        assertThat(KafkaClientProperties.consumer(plain)).containsEntry("isolation.level", "read_committed");
    }
}
