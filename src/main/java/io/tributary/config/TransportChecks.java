package io.tributary.config;

import io.tributary.config.SourceOptions.ReaderType;
import io.tributary.config.SourceOptions.Type;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** What the transports ask of their settings: Kafka's topics and Kinesis' streams, read and written. */
final class TransportChecks {
    private static final String SOURCE = SourceOptions.GROUP;
    private static final String DEAD_LETTER = DeadLetterOptions.GROUP;

    private final TributaryConfig config;
    private final Problems problems;
    private final Configuration source;
    private final Type type;

    TransportChecks(TributaryConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
        this.source = config.group(SOURCE);
        this.type = source.get(SourceOptions.TYPE);
    }

    void source() {
        if (type == Type.KINESIS) {
            kinesis();
        } else {
            kafka();
        }
        problems.parsed(SOURCE, SourceOptions.START, StartPosition::parse, StartPosition.ALLOWED);
    }

    private void kafka() {
        problems.needs(SOURCE, SourceOptions.BOOTSTRAP_SERVERS, "type kafka needs it");
        boolean topics = problems.has(SOURCE, SourceOptions.TOPICS);
        if (topics == problems.has(SOURCE, SourceOptions.TOPIC_PATTERN)) {
            problems.add("group Source, keys topics and topic.pattern: "
                    + (topics
                            ? "both are given; give one of them."
                            : "neither is given; one of them says what to read.")
                    + " topics is a list (`a.b.c,a.b.d`), topic.pattern a regular expression (`tickit\\..*`).");
        }
        problems.names(SOURCE, SourceOptions.TOPICS);
        problems.parsed(SOURCE, SourceOptions.TOPIC_PATTERN, Pattern::compile, "a regular expression of Java");
        for (ConfigOption<?> option :
                List.of(SourceOptions.STREAM_ARNS, SourceOptions.READER_TYPE, SourceOptions.CONSUMER_NAME)) {
            problems.onlyFor(SOURCE, Type.KINESIS, type, option);
        }
    }

    private void kinesis() {
        problems.needs(SOURCE, SourceOptions.STREAM_ARNS, "type kinesis needs it");
        problems.parsed(
                SOURCE, SourceOptions.STREAM_ARNS, StreamArn::list, StreamArn.ALLOWED + ", separated by commas");
        if (source.get(SourceOptions.READER_TYPE) == ReaderType.EFO) {
            problems.needs(SOURCE, SourceOptions.CONSUMER_NAME, "reader.type efo needs it");
        } else if (problems.has(SOURCE, SourceOptions.CONSUMER_NAME)) {
            problems.add("group Source, key consumer.name: it is given, but reader.type is polling. Set"
                    + " Source.reader.type=efo, or leave it out.");
        }
        for (ConfigOption<?> option :
                List.of(SourceOptions.TOPICS, SourceOptions.TOPIC_PATTERN, SourceOptions.GROUP_ID)) {
            problems.onlyFor(SOURCE, Type.KAFKA, type, option);
        }
        if ("committed".equals(source.get(SourceOptions.START))) {
            problems.add(
                    "group Source, key start, value \"committed\": Kinesis has no consumer groups that keep offsets;"
                            + " the job's own state has the position. Give earliest (TRIM_HORIZON), latest or timestamp:MS.");
        }
    }

    void deadLetters() {
        DeadLetterOptions.Type place = config.group(DEAD_LETTER).get(DeadLetterOptions.TYPE);
        if (place == DeadLetterOptions.Type.TOPIC) {
            problems.needs(DEAD_LETTER, DeadLetterOptions.TOPIC, "type topic needs it");
            written(DEAD_LETTER, DeadLetterOptions.TOPIC);
        } else {
            problems.onlyFor(DEAD_LETTER, DeadLetterOptions.Type.TOPIC, place, DeadLetterOptions.TOPIC);
        }
        if (place == DeadLetterOptions.Type.STREAM) {
            problems.needs(DEAD_LETTER, DeadLetterOptions.STREAM_ARN, "type stream needs it");
            problems.parsed(DEAD_LETTER, DeadLetterOptions.STREAM_ARN, StreamArn::parse, StreamArn.ALLOWED);
            notRead(DEAD_LETTER, DeadLetterOptions.STREAM_ARN);
        } else {
            problems.onlyFor(DEAD_LETTER, DeadLetterOptions.Type.STREAM, place, DeadLetterOptions.STREAM_ARN);
        }
    }

    void aggregates() {
        config.groups(AggregateOptions.GROUP).forEach((name, aggregate) -> {
            String group = AggregateOptions.GROUP + "." + name;
            String output = aggregate.get(AggregateOptions.OUTPUT);
            if (output == null || !StreamArn.looksLikeOne(output)) {
                written(group, AggregateOptions.OUTPUT);
                return;
            }
            problems.parsed(group, AggregateOptions.OUTPUT, StreamArn::parse, "a topic, or " + StreamArn.ALLOWED);
            notRead(group, AggregateOptions.OUTPUT);
            if (aggregate.get(AggregateOptions.DELIVERY) == AggregateOptions.Delivery.EXACTLY_ONCE) {
                problems.add(
                        "group " + group + ", key delivery, value \"exactly-once\": Kinesis has no transactions, and"
                                + " the output is a stream. Take at-least-once (a figure that is sent again has the same key),"
                                + " or a Kafka topic.");
            }
        });
    }

    /** A topic that the job writes to. */
    private void written(String group, ConfigOption<String> option) {
        String topic = config.group(group).get(option);
        if (topic != null && type == Type.KINESIS && !problems.has(SOURCE, SourceOptions.BOOTSTRAP_SERVERS)) {
            problems.add(Problems.where(group, option, topic) + ": a Kafka topic needs Source.bootstrap.servers. Give"
                    + " that, or write to a Kinesis stream ("
                    + (option == AggregateOptions.OUTPUT
                            ? "output=arn:aws:kinesis:..."
                            : "DeadLetter.type=stream, stream.arn")
                    + ").");
        }
        notRead(group, option);
    }

    private void notRead(String group, ConfigOption<String> option) {
        String place = config.group(group).get(option);
        if (place != null && isRead(place)) {
            problems.add(Problems.where(group, option, place) + ": the source reads this "
                    + (type == Type.KINESIS
                            ? "stream, so what is written there would come back. Name a stream that"
                                    + " Source.stream.arns leaves out."
                            : "topic, so what is written there would come back. Name a topic that Source.topics or"
                                    + " Source.topic.pattern leaves out."));
        }
    }

    private boolean isRead(String place) {
        String pattern = source.get(SourceOptions.TOPIC_PATTERN);
        try {
            if (type == Type.KINESIS) {
                return NameList.split(source.get(SourceOptions.STREAM_ARNS)).contains(place);
            }
            return NameList.split(source.get(SourceOptions.TOPICS)).contains(place)
                    || pattern != null && Pattern.matches(pattern, place);
        } catch (IllegalArgumentException reportedByItsOwnCheck) {
            return false;
        }
    }
}
