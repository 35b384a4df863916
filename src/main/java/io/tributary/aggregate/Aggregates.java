package io.tributary.aggregate;

import io.tributary.config.AggregateOptions;
import io.tributary.config.ConfigException;
import io.tributary.config.RegistryOptions;
import io.tributary.config.SourceOptions;
import io.tributary.config.StreamArn;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.debezium.ChangeEvent;
import io.tributary.format.SchemaRegistrar;
import io.tributary.row.RowReaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The aggregates of a job: figures of sales by group and window, kept right under every change. */
public final class Aggregates {

    private Aggregates() {}

    /**
     * @return the aggregates that are configured
     * @throws ConfigException naming group, key, value and what is allowed
     */
    public static List<AggregateSpec> specs(TributaryConfig config) {
        List<AggregateSpec> specs = new ArrayList<>();
        Map<String, AggregateSpec> outputs = new HashMap<>();
        config.groups(AggregateOptions.GROUP).forEach((name, settings) -> {
            AggregateSpec spec = AggregateSpec.of(name, settings);
            if (spec.isAvro()) {
                checkRegistry(spec, config);
            }
            AggregateSpec other = outputs.put(spec.output(), spec);
            if (other != null) {
                throw new ConfigException(spec + ", key 'output', value '" + spec.output() + "': " + other
                        + " sends its figures there, and would overwrite these; give each its own");
            }
            specs.add(spec);
        });
        return specs;
    }

    private static void checkRegistry(AggregateSpec spec, TributaryConfig config) {
        if (StreamArn.looksLikeOne(spec.output())) {
            throw new ConfigException(spec + ", key 'output.format', value 'avro': the output " + spec.output()
                    + " is a stream, and Avro is for topics; set output.format=json");
        }
        try {
            SchemaRegistrar.check(config.group(RegistryOptions.GROUP));
        } catch (ConfigException e) {
            throw new ConfigException(
                    spec + ", key 'output.format', value 'avro': its schema goes to the registry, but " + e.getMessage()
                            + " Mend that, or set output.format=json");
        }
    }

    /**
     * Adds the branch of every aggregate, each with its topic or stream.
     *
     * @param client connection and credentials of the brokers that hold the topics, {@code bootstrap.servers} among them
     * @return changes that could not be counted, of all aggregates; empty where there are none
     */
    public static Optional<DataStream<DeadLetter>> attach(
            DataStream<ChangeEvent> changes, TributaryConfig config, Properties client) {
        boolean bounded = config.group(SourceOptions.GROUP).get(SourceOptions.BOUNDED);
        DataStream<DeadLetter> letters = null;
        for (AggregateSpec spec : specs(config)) {
            AggregateStreams streams = branch(changes, spec, bounded);
            String name = "aggregate-" + spec.name() + "-topic";
            streams.results()
                    .sinkTo(ResultSink.of(spec, config, client))
                    .uid(name)
                    .name(name);
            letters = letters == null ? streams.deadLetters() : letters.union(streams.deadLetters());
        }
        return Optional.ofNullable(letters);
    }

    /**
     * Adds the branch of one aggregate without its topic.
     *
     * @param bounded whether the input ends
     */
    public static AggregateStreams branch(DataStream<ChangeEvent> changes, AggregateSpec spec, boolean bounded) {
        return new AggregateBranch(spec, changes, RowReaders::of, bounded).build();
    }
}
