package io.tributary.lake;

import io.tributary.config.LakeOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.debezium.ChangeEvent;
import io.tributary.lake.commit.CommitListenerProvider;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.commit.LakeTablesProvider;
import io.tributary.lake.lease.LeaseTerms;
import io.tributary.lake.write.BucketPartitioner;
import io.tributary.lake.write.LakeMessage;
import io.tributary.lake.write.LakeWriterFactory;
import io.tributary.lake.write.RowRouter;
import io.tributary.lake.write.TableLayout;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The lake's boundary: given change events of many tables, the lake is made to equal them. */
public final class LakeSink {
    public static final String ROUTER_UID = "lake-router";
    public static final String WRITER_UID = "lake-writer";

    private LakeSink() {}

    /**
     * Adds the router and the writer of all tables to the job.
     *
     * @return rows of tables that cannot be written, where the configuration sends them to the dead letters
     */
    public static DataStream<DeadLetter> attach(DataStream<ChangeEvent> changes, TributaryConfig config) {
        return attach(changes, config, HudiTables::of, CommitListenerProvider.NONE);
    }

    /**
     * As {@link #attach(DataStream, TributaryConfig)}, with other tables behind the coordinator.
     *
     * @param listeners who hears of commits, on the JobManager
     */
    public static DataStream<DeadLetter> attach(
            DataStream<ChangeEvent> changes,
            TributaryConfig config,
            LakeTablesProvider tables,
            CommitListenerProvider listeners) {
        long interval = changes.getExecutionEnvironment().getCheckpointConfig().getCheckpointInterval();
        TableLayout layout =
                interval > 0 ? new TableLayout(config, Duration.ofMillis(interval)) : new TableLayout(config);
        Configuration lake = config.group(LakeOptions.GROUP);
        return changes.process(new RowRouter(layout), LakeMessage.TYPE)
                .uid(ROUTER_UID)
                .name(ROUTER_UID)
                .partitionCustom(new BucketPartitioner(), new BucketPartitioner.Route())
                .transform(
                        WRITER_UID,
                        DeadLetter.TYPE,
                        new LakeWriterFactory(
                                layout,
                                lake.get(LakeOptions.WRITER_MEMORY).getBytes(),
                                lake.get(LakeOptions.WRITER_THREADS),
                                lake.get(LakeOptions.KEY_FILTER_MEMORY).getBytes(),
                                tables,
                                LeaseTerms.of(config),
                                listeners))
                .uid(WRITER_UID)
                .name(WRITER_UID);
    }
}
