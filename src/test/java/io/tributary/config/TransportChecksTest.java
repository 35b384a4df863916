package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportChecksTest {
    private static final String STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/";

    @Test
    void aStreamNeedsNothingButItsArn() {
        assertThat(problems()).isEmpty();
        assertThat(problems("Source.reader.type=efo", "Source.consumer.name=tributary", "Source.start=latest"))
                .isEmpty();
        assertThat(problems("Source.stream.arns=" + STREAM + "a," + STREAM + "b"))
                .isEmpty();
        assertThat(problems(
                        "Aggregate.a.table=s.d.t",
                        "Aggregate.a.amount=x",
                        "Aggregate.a.output=" + STREAM + "figures",
                        "DeadLetter.type=stream",
                        "DeadLetter.stream.arn=" + STREAM + "dead"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Source.stream.arns= | key stream.arns: it is missing; type kinesis needs it.",
                "Source.stream.arns=sales | `sales` is no ARN of a Kinesis stream. Allowed is a stream's ARN such as",
                "Source.stream.arns=arn:aws:kinesis:eu-west-1:123456789012:stream/a,arn:aws:kinesis:us-east-1:123456789012:stream/b"
                        + " | differ in account or region",
                "Source.topics=a | key topics: it is for type kafka, but type is kinesis.",
                "Source.group.id=a | key group.id: it is for type kafka, but type is kinesis.",
                "Source.reader.type=efo | key consumer.name: it is missing; reader.type efo needs it.",
                "Source.consumer.name=me | key consumer.name: it is given, but reader.type is polling.",
                "Source.start=committed | Kinesis has no consumer groups that keep offsets",
                "Aggregate.a.output=figures | group Aggregate.a, key output, value \"figures\": a Kafka topic needs"
                        + " Source.bootstrap.servers. Give that, or write to a Kinesis stream (output=arn:",
                "Aggregate.a.output=arn:aws:kinesis:eu-west-1:123456789012:stream/source | the source reads this stream",
                "Aggregate.a.output=arn:aws:sqs:eu-west-1:123456789012:stream | Allowed is a topic, or a stream's ARN",
                "Aggregate.a.delivery=exactly-once | Kinesis has no transactions, and the output is a stream.",
                "DeadLetter.type=stream | group DeadLetter, key stream.arn: it is missing; type stream needs it.",
                "DeadLetter.stream.arn=x | it is for type stream, but type is directory",
            })
    void whatDoesNotFitIsNamed(String setting, String answer) {
        List<String> settings = new ArrayList<>();
        if (setting.startsWith("Aggregate")) {
            settings.addAll(List.of(
                    "Aggregate.a.table=s.d.t", "Aggregate.a.amount=x", "Aggregate.a.output=" + STREAM + "figures"));
        }
        settings.add(setting.strip());
        assertThat(problems(settings.toArray(String[]::new)))
                .singleElement()
                .asString()
                .contains(answer.strip());
    }

    @Test
    void aTopicBesideAStreamNeedsBrokers() {
        assertThat(problems(
                        "Source.bootstrap.servers=b:9092",
                        "Aggregate.a.table=s.d.t",
                        "Aggregate.a.amount=x",
                        "Aggregate.a.output=figures"))
                .isEmpty();
    }

    private static List<String> problems(String... settings) {
        PropertyGroups groups = PropertyGroups.NONE;
        List<String> all = new ArrayList<>(List.of(
                "Source.type=kinesis", "Source.stream.arns=" + STREAM + "source", "Lake.path=s3://lake/tables"));
        all.addAll(List.of(settings));
        for (String setting : all) {
            groups = groups.with(Setting.parse(setting, groups.asMap().keySet()));
        }
        try {
            ConfigValidator.validate(groups, "test", List.of());
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
