package io.tributary.source;

import io.tributary.config.SourceOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.source.kinesis.KinesisSources;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The source that the configuration names. */
public final class Sources {
    private Sources() {}

    /** @return the messages of all topics or streams, without watermarks: those belong to the aggregates */
    public static DataStream<RawRecord> stream(StreamExecutionEnvironment env, TributaryConfig config) {
        return config.group(SourceOptions.GROUP).get(SourceOptions.TYPE) == SourceOptions.Type.KINESIS
                ? KinesisSources.stream(env, config)
                : KafkaSources.stream(env, config);
    }
}
