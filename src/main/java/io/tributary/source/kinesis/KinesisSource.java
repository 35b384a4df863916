package io.tributary.source.kinesis;

import io.tributary.config.StartPosition;
import io.tributary.config.StreamArn;
import io.tributary.source.RawRecord;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The streams of one account and region as a source of Flink. Immutable. */
public final class KinesisSource implements Source<RawRecord, ShardSplit, ShardLedger> {
    private static final long serialVersionUID = 1L;

    private final List<String> streamArns;
    private final Properties properties;
    private final String start;
    private final long discoveryMillis;
    private final boolean bounded;

    KinesisSource(
            List<StreamArn> streams, Properties properties, String start, Duration discoveryInterval, boolean bounded) {
        this.streamArns = streams.stream().map(StreamArn::toString).collect(Collectors.toList());
        this.properties = properties;
        this.start = start;
        this.discoveryMillis = discoveryInterval.toMillis();
        this.bounded = bounded;
    }

    @Override
    public Boundedness getBoundedness() {
        return bounded ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<RawRecord, ShardSplit> createReader(SourceReaderContext context) {
        return new KinesisReader(
                context,
                new RecordPublishers(
                        streams().stream().map(StreamArn::name).collect(Collectors.toList()),
                        properties,
                        context.metricGroup()),
                bounded,
                new Lag(context.metricGroup()));
    }

    @Override
    public SplitEnumerator<ShardSplit, ShardLedger> createEnumerator(SplitEnumeratorContext<ShardSplit> context) {
        return restoreEnumerator(context, new ShardLedger());
    }

    @Override
    public SplitEnumerator<ShardSplit, ShardLedger> restoreEnumerator(
            SplitEnumeratorContext<ShardSplit> context, ShardLedger ledger) {
        ShardLister lister = new ShardLister(streams(), properties);
        return new ShardEnumerator(
                context, lister::list, StartPosition.parse(start), Duration.ofMillis(discoveryMillis), bounded, ledger);
    }

    private List<StreamArn> streams() {
        return streamArns.stream().map(StreamArn::parse).collect(Collectors.toList());
    }

    @Override
    public SimpleVersionedSerializer<ShardSplit> getSplitSerializer() {
        return new ShardSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<ShardLedger> getEnumeratorCheckpointSerializer() {
        return new ShardLedger.Serializer();
    }
}
