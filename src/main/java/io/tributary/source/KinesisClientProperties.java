package io.tributary.source;

import io.tributary.config.SourceOptions;
import io.tributary.config.SourceOptions.ReaderType;
import io.tributary.config.StreamArn;
import io.tributary.config.TributaryConfig;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.connectors.kinesis.config.AWSConfigConstants;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;

/**
 * The properties of every Kinesis client of the job, as Flink's connector takes them. They can hold secrets: they are not
 * to be logged. Credentials come from the default AWS chain unless the configuration's {@code Source.kinesis.aws.*} say
 * otherwise.
 */
public final class KinesisClientProperties {
    private KinesisClientProperties() {}

    /** @return what a client needs that writes to the stream */
    public static Properties client(TributaryConfig config, StreamArn stream) {
        Configuration source = config.group(SourceOptions.GROUP);
        Properties properties = new Properties();
        properties.setProperty(
                AWSConfigConstants.AWS_REGION,
                source.getOptional(SourceOptions.AWS_REGION).orElse(stream.region()));
        source.getOptional(SourceOptions.ENDPOINT)
                .ifPresent(endpoint -> properties.setProperty(AWSConfigConstants.AWS_ENDPOINT, endpoint));
        properties.putAll(TributaryConfig.passedThrough(source, SourceOptions.KINESIS_PREFIX));
        return properties;
    }

    /** @return what the readers of the source's streams need, one of which is the given one */
    public static Properties consumer(TributaryConfig config, StreamArn stream) {
        Configuration source = config.group(SourceOptions.GROUP);
        Properties properties = new Properties();
        ReaderType reader = source.get(SourceOptions.READER_TYPE);
        properties.setProperty(ConsumerConfigConstants.RECORD_PUBLISHER_TYPE, reader.name());
        if (reader == ReaderType.EFO) {
            properties.setProperty(ConsumerConfigConstants.EFO_CONSUMER_NAME, source.get(SourceOptions.CONSUMER_NAME));
        }
        properties.putAll(client(config, stream));
        return properties;
    }
}
