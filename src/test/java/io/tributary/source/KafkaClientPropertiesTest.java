package io.tributary.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.TributaryConfig;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaClientPropertiesTest {
    private static final TributaryConfig CONFIG = new TributaryConfig(Map.of(
            "Source",
            Configuration.fromMap(Map.of(
                    "bootstrap.servers",
                    "b:1",
                    "kafka.isolation.level",
                    "read_uncommitted",
                    "kafka.fetch.max.wait.ms",
                    "3",
                    "kafka.max.poll.records",
                    "7")),
            "DeadLetter",
            Configuration.fromMap(Map.of("kafka.linger.ms", "9"))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=msk-iam | SASL_SSL | IAMLoginModule required;",
                "type=msk-iam,role.arn=arn:aws:iam::1:role/r | SASL_SSL | awsRoleArn=\"arn:aws:iam::1:role/r\"",
                "type=msk-iam,profile=p | SASL_SSL | awsProfileName=\"p\"",
                "type=scram,username=u,password=p | SASL_SSL | username=\"u\"",
                "type=tls | SSL |"
            })
    void theSourceTheSinksAndTheAdminCallsProveWhoTheyAre(String auth, String protocol, String login) {
        TributaryConfig config = new TributaryConfig(Map.of(
                "Source", Configuration.fromMap(Map.of("bootstrap.servers", "b:1")),
                "Auth", Configuration.fromMap(settings(auth))));
        for (Properties properties : new Properties[] {
            KafkaClientProperties.consumer(config),
            KafkaClientProperties.producer(config, "DeadLetter"),
            KafkaClientProperties.producer(config, "Aggregate"),
            KafkaClientProperties.client(config)
        }) {
            assertThat(properties)
                    .containsEntry("security.protocol", protocol)
                    .containsEntry("bootstrap.servers", "b:1");
            assertThat(properties.getProperty("sasl.jaas.config", "")).contains(login == null ? "" : login);
        }
    }

    @Test
    void thePassedThroughPropertiesWin() {
        assertThat(KafkaClientProperties.consumer(CONFIG))
                .containsEntry("max.poll.records", "7")
                .containsEntry("fetch.max.wait.ms", "3")
                .containsEntry("isolation.level", "read_uncommitted");
        assertThat(KafkaClientProperties.producer(CONFIG, "DeadLetter"))
                .containsEntry("linger.ms", "9")
                .containsEntry("acks", "all")
                .doesNotContainKey("max.poll.records");
    }

    /** Nor does a fetch that waits at idle topics hold up the others for Kafka's half a second. */
    @Test
    void onlyCommittedTransactionsAreReadByDefault() {
        TributaryConfig plain =
                new TributaryConfig(Map.of("Source", Configuration.fromMap(Map.of("bootstrap.servers", "b:1"))));
        assertThat(KafkaClientProperties.consumer(plain))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("fetch.max.wait.ms", "100")
                .containsEntry("max.partition.fetch.bytes", "4194304");
    }

    private static Map<String, String> settings(String text) {
        return Stream.of(text.split(","))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
    }
}
