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
        KAFKA("kafka"),
        KINESIS("kinesis");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How shards of Kinesis streams are read. */
    public enum ReaderType {
        POLLING("polling"),
        EFO("efo");

        private final String text;

        ReaderType(String text) {
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
            .withDescription("The transport: Apache Kafka (Amazon MSK), or Amazon Kinesis Data Streams.");

    public static final ConfigOption<String> BOOTSTRAP_SERVERS = ConfigOptions.key("bootstrap.servers")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Kafka brokers to start from, `host:port`, separated by commas. Needed for every topic that is"
                            + " read or written.");

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

    public static final ConfigOption<String> STREAM_ARNS = ConfigOptions.key("stream.arns")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "`kinesis`: ARNs of the streams to read, separated by commas; of one account and one region."
                            + " Needed.");

    public static final ConfigOption<ReaderType> READER_TYPE = ConfigOptions.key("reader.type")
            .enumType(ReaderType.class)
            .defaultValue(ReaderType.POLLING)
            .withDescription(
                    "`kinesis`: `polling` shares 2 MB/s a shard with all others that poll; `efo` (enhanced fan-out)"
                            + " has 2 MB/s a shard for itself, and is paid for.");

    public static final ConfigOption<String> CONSUMER_NAME = ConfigOptions.key("consumer.name")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "`kinesis` with `efo`: name of the stream consumer, of this job alone. Registered at the first"
                            + " start where it is missing; it stays registered when the job ends.");

    public static final ConfigOption<String> AWS_REGION = ConfigOptions.key("aws.region")
            .stringType()
            .noDefaultValue()
            .withDescription("Region of the Kinesis streams that are read or written. Default: the one in their ARNs.");

    public static final ConfigOption<String> ENDPOINT = ConfigOptions.key("endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription("Address of Kinesis in place of the region's own, e.g. a VPC endpoint.");

    @Range(min = 1)
    public static final ConfigOption<Duration> DISCOVERY_INTERVAL = ConfigOptions.key("discovery.interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription("How often new topics and partitions, or shards, are looked for.");

    public static final ConfigOption<String> GROUP_ID = ConfigOptions.key("group.id")
            .stringType()
            .defaultValue("tributary")
            .withDescription(
                    "`kafka`: consumer group. Offsets are committed to it at every checkpoint, for monitoring; a restart goes by"
                            + " the job's own state.");

    public static final ConfigOption<String> START = ConfigOptions.key("start")
            .stringType()
            .defaultValue("earliest")
            .withDescription(
                    "Where a job without restored state begins: `earliest`, `latest`, `committed` (Kafka's group's offsets;"
                            + " earliest where there are none) or `timestamp:MS` (milliseconds since 1970).");

    public static final ConfigOption<Boolean> BOUNDED = ConfigOptions.key("bounded")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Stop at the offsets that are the end when the job starts, or where each shard is read up to"
                            + " now: for replays.");

    public static final ConfigOption<MemorySize> MAX_VALUE_SIZE = ConfigOptions.key("max.value.size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(1))
            .withDescription("A message with a larger value becomes a dead letter (`too-large`).");

    @PassThrough(
            name = "<consumer property>",
            description =
                    "Properties of the Kafka consumer, e.g. `kafka.max.poll.records`; they win over what Tributary"
                            + " sets (`isolation.level=read_committed`, `fetch.max.wait.ms=100`,"
                            + " `max.partition.fetch.bytes=4194304`).")
    public static final String KAFKA_PREFIX = "kafka.";

    @PassThrough(
            name = "<connector property>",
            description = "Properties of Flink's Kinesis connector, for streams that are read or written, e.g."
                    + " `kinesis.flink.shard.getrecords.maxrecordcount`, `kinesis.aws.credentials.provider`; they win over"
                    + " what Tributary sets.")
    public static final String KINESIS_PREFIX = "kinesis.";

    private SourceOptions() {}
}
