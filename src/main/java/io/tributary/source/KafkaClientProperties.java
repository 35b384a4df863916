package io.tributary.source;

import io.tributary.config.AuthOptions;
import io.tributary.config.SourceOptions;
import io.tributary.config.TributaryConfig;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The properties of every Kafka client of the job. They hold secrets: they are not to be logged. */
public final class KafkaClientProperties {
    /** No larger record can be sent; producers hold it twice, so it stays below their 32 MB of memory. */
    private static final int MAX_REQUEST_BYTES = 30 << 20;

    /**
     * How long a broker may keep a fetch that finds nothing, milliseconds; Kafka's default is 500. A consumer has one
     * fetch under way with each broker: while that one waits at topics without news, a topic whose records have been used
     * up meanwhile gets none. One consumer reads all tables here, so nearly always some are without news.
     */
    private static final int FETCH_WAIT_MS = 100;

    /** What a fetch brings of each partition at most, so that less is waited for between two; Kafka's default is 1 MiB. */
    private static final int PARTITION_FETCH_BYTES = 4 << 20;

    private KafkaClientProperties() {}

    /** @return what an admin client needs: the brokers, where there are any, and the authentication */
    public static Properties client(TributaryConfig config) {
        Properties properties = new Properties();
        properties.putAll(KafkaAuth.properties(config.group(AuthOptions.GROUP)));
        config.group(SourceOptions.GROUP)
                .getOptional(SourceOptions.BOOTSTRAP_SERVERS)
                .ifPresent(brokers -> properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers));
        return properties;
    }

    /** @return the source's consumer: it sees committed transactions only, and creates no topic by asking for it */
    public static Properties consumer(TributaryConfig config) {
        Properties properties = client(config);
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Integer.toString(FETCH_WAIT_MS));
        properties.setProperty(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(PARTITION_FETCH_BYTES));
        properties.putAll(passedThrough(config, SourceOptions.GROUP));
        return properties;
    }

    /**
     * @param group whose {@code kafka.*} keys win over what is set here, e.g. {@code DeadLetter}
     * @return a producer that waits for all replicas and can send what the source has read
     */
    public static Properties producer(TributaryConfig config, String group) {
        Properties properties = client(config);
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
        properties.putAll(passedThrough(config, group));
        return properties;
    }

    private static Map<String, String> passedThrough(TributaryConfig config, String group) {
        return TributaryConfig.passedThrough(config.group(group), SourceOptions.KAFKA_PREFIX);
    }
}
