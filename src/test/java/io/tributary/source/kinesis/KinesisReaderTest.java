package io.tributary.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KinesisReaderTest {
    private final List<String> finished = new ArrayList<>();
    private final Context context = new Context();
    private final KinesisReader reader = new KinesisReader(
            context,
            new RecordPublishers(List.of("s"), new Properties(), context.metricGroup()),
            false,
            new Lag(context.metricGroup()));

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void afterARestoreTheEnumeratorHearsAgainThatAShardIsFinished() {
        reader.addSplits(List.of(new ShardSplit(Shards.of(0), ShardPosition.END)));
        assertThat(finished).containsExactly("s/" + Shards.id(0));
    }

    @Test
    void aFinishedShardIsInEachCheckpointThatTheEnumeratorMayHaveBegunBeforeItHeard() {
        reader.addSplits(List.of(new ShardSplit(Shards.of(0), ShardPosition.END)));
        assertThat(checkpointed(4)).containsExactly("s/" + Shards.id(0) + " at the end");
        assertThat(checkpointed(5)).hasSize(1);
        reader.notifyCheckpointComplete(4);
        assertThat(checkpointed(6))
                .as("checkpoint 5 began before 4 was complete")
                .hasSize(1);
        reader.notifyCheckpointComplete(5);
        assertThat(checkpointed(7)).isEmpty();
    }

    private List<String> checkpointed(long checkpoint) {
        return reader.snapshotState(checkpoint).stream()
                .map(ShardSplit::toString)
                .toList();
    }

    private final class Context implements SourceReaderContext {
        private final SourceReaderMetricGroup metrics = UnregisteredMetricsGroup.createSourceReaderMetricGroup();

        @Override
        public SourceReaderMetricGroup metricGroup() {
            return metrics;
        }

        @Override
        public Configuration getConfiguration() {
            return new Configuration();
        }

        @Override
        public String getLocalHostName() {
            return "localhost";
        }

        @Override
        public int getIndexOfSubtask() {
            return 0;
        }

        @Override
        public void sendSplitRequest() {
            throw new AssertionError("shards are given without being asked for");
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            finished.add(((ShardFinished) event).splitId());
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
        }
    }
}
