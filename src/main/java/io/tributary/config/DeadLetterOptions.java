package io.tributary.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Group {@code DeadLetter}: where records go that cannot be applied, and when there are too many of them. */
public final class DeadLetterOptions {
    public static final String GROUP = "DeadLetter";

    /** The kind of place. */
    public enum Type {
        DIRECTORY("directory"),
        TOPIC("topic"),
        STREAM("stream");

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
            .defaultValue(Type.DIRECTORY)
            .withDescription(
                    "`directory`: files of JSON lines; `topic`: a Kafka topic of the source's cluster; `stream`: a"
                            + " Kinesis stream of JSON lines.");

    public static final ConfigOption<String> PATH = ConfigOptions.key("path")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "`directory`: where the files are; any path that the lake can have. Default: `_dead_letters` below"
                            + " `Lake.path`.");

    public static final ConfigOption<String> TOPIC = ConfigOptions.key("topic")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "`topic`: the topic's name. Needed; the source must not read it. It has to take messages as large as"
                            + " those of the source's topics (`max.message.bytes`).");

    public static final ConfigOption<String> STREAM_ARN = ConfigOptions.key("stream.arn")
            .stringType()
            .noDefaultValue()
            .withDescription("`stream`: the stream's ARN. Needed; the source must not read it. A line over 1 MB is sent"
                    + " without key, value and headers.");

    @Range(min = 0, max = 1)
    public static final ConfigOption<Double> MAX_RATIO = ConfigOptions.key("max.ratio")
            .doubleType()
            .defaultValue(0.5)
            .withDescription(
                    "A larger share of dead letters among the records of `ratio.window` stops the job: then something is"
                            + " wrong that no single record is to blame for. `1` never stops it.");

    @Range(min = 1)
    public static final ConfigOption<Duration> RATIO_WINDOW = ConfigOptions.key("ratio.window")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription("How far back the share is counted, per subtask.");

    @Range(min = 1)
    public static final ConfigOption<Integer> RATIO_MIN_RECORDS = ConfigOptions.key("ratio.min.records")
            .intType()
            .defaultValue(1000)
            .withDescription("The share counts only when the window holds at least as many records.");

    @PassThrough(
            name = "<producer property>",
            description = "`topic`: properties of the Kafka producer, e.g. `kafka.max.request.size`; they win over what"
                    + " Tributary sets.")
    public static final String KAFKA_PREFIX = "kafka.";

    private DeadLetterOptions() {}
}
