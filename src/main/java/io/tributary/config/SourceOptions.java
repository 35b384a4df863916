package io.tributary.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Group {@code Source}: where the change events come from. */
public final class SourceOptions {
    public static final String GROUP = "Source";

    /** The transport. */
    public enum Type {
        KAFKA("kafka");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static final ConfigOption<Type> TYPE = ConfigOptions.key("type")
            .enumType(Type.class)
            .defaultValue(Type.KAFKA)
            .withDescription("The transport.");

    @Required
    public static final ConfigOption<String> BOOTSTRAP_SERVERS = ConfigOptions.key("bootstrap.servers")
            .stringType()
            .noDefaultValue()
            .withDescription("Kafka brokers to start from, `host:port`, separated by commas.");

    public static final ConfigOption<String> TOPICS = ConfigOptions.key("topics")
            .stringType()
            .noDefaultValue()
            .withDescription("Topics to read, separated by commas. Either this or `topic.pattern`.");

    public static final ConfigOption<String> TOPIC_PATTERN = ConfigOptions.key("topic.pattern")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Regular expression (Java's) that a topic's whole name matches. Topics that appear later are read too,"
                            + " from their beginning. Either this or `topics`.");

    @Range(min = 1)
    public static final ConfigOption<Duration> DISCOVERY_INTERVAL = ConfigOptions.key("discovery.interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription("How often new topics and partitions are looked for.");

    public static final ConfigOption<String> GROUP_ID = ConfigOptions.key("group.id")
            .stringType()
            .defaultValue("tributary")
            .withDescription(
                    "Consumer group. Offsets are committed to it at every checkpoint, for monitoring; a restart goes by"
                            + " the job's own state.");

    public static final ConfigOption<String> START = ConfigOptions.key("start")
            .stringType()
            .defaultValue("earliest")
            .withDescription(
                    "Where a job without restored state begins: `earliest`, `latest`, `committed` (the group's offsets;"
                            + " earliest where there are none) or `timestamp:MS` (milliseconds since 1970).");

    public static final ConfigOption<Boolean> BOUNDED = ConfigOptions.key("bounded")
            .booleanType()
            .defaultValue(false)
            .withDescription("Stop at the offsets that are the end when the job starts: for replays.");

    public static final ConfigOption<MemorySize> MAX_VALUE_SIZE = ConfigOptions.key("max.value.size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(1))
            .withDescription("A message with a larger value becomes a dead letter (`too-large`).");

    @PassThrough(
            name = "<consumer property>",
            description =
                    "Properties of the Kafka consumer, e.g. `kafka.max.poll.records`; they win over what Tributary"
                            + " sets.")
    public static final String KAFKA_PREFIX = "kafka.";

    private SourceOptions() {}
}
