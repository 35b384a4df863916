package io.tributary.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.TributaryConfig;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.EventReader;
import io.tributary.debezium.Outcomes;
import io.tributary.debezium.RecordedDecoder;
import io.tributary.local.recording.Recording;
import io.tributary.source.RawRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake alone in a Flink cluster: recorded events in, Hudi tables out. */
class LakeSinkITCase {
    @TempDir
    Path lake;

    @Test
    void theEventsOfARecordingBecomeItsTables() throws Exception {
        Recording recording = Recording.bundled("raw-headers-default");
        long start = System.nanoTime();
        run(events(recording), 2, -1);
        System.out.println("replayed in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        for (String table : recording.tables()) {
            StoredTable stored = new StoredTable("file://" + lake + "/" + table);
            System.out.println(table + " live " + stored.live().size() + " all "
                    + stored.rows().size() + " commits " + stored.commits() + " files "
                    + stored.baseFiles().size());
            assertThat(stored.pendingInstants()).isEmpty();
        }
        System.out.println(new StoredTable("file://" + lake + "/tickit.ems.category").rows());
    }

    private void run(List<ChangeEvent> events, int parallelism, long failAt) throws Exception {
        Configuration flink = new Configuration();
        flink.setString("execution.checkpointing.interval", "500 ms");
        flink.setString("restart-strategy.type", "fixed-delay");
        flink.setString("restart-strategy.fixed-delay.delay", "100 ms");
        flink.setString("restart-strategy.fixed-delay.attempts", "3");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        env.getConfig().disableGenericTypes();
        TributaryConfig config =
                new TributaryConfig(Map.of("Lake", Configuration.fromMap(Map.of("path", "file://" + lake))));
        LakeSink.attach(Events.stream(env, events, failAt), config);
        env.execute();
    }

    private static List<ChangeEvent> events(Recording recording) {
        List<ChangeEvent> events = new ArrayList<>();
        for (String topic : recording.tables()) {
            Outcomes outcomes = new Outcomes();
            EventReader reader = new EventReader(new RecordedDecoder(recording), table -> null);
            for (RawRecord record : recording.messages(topic)) {
                reader.read(record, outcomes);
            }
            events.addAll(outcomes.changes());
        }
        return events;
    }

    /** A replayable stream of given events; fails once where it is told to. */
    private static final class Events extends RichMapFunction<Long, ChangeEvent> {
        private static final long serialVersionUID = 1L;
        private static final Map<String, List<ChangeEvent>> EVENTS = new ConcurrentHashMap<>();
        private static final Map<String, AtomicBoolean> FAILED = new ConcurrentHashMap<>();
        private final String id;
        private final long failAt;

        private Events(String id, long failAt) {
            this.id = id;
            this.failAt = failAt;
        }

        static DataStream<ChangeEvent> stream(StreamExecutionEnvironment env, List<ChangeEvent> events, long failAt) {
            String id = java.util.UUID.randomUUID().toString();
            EVENTS.put(id, events);
            FAILED.put(id, new AtomicBoolean());
            return env.fromSource(
                            new NumberSequenceSource(0, events.size() - 1), WatermarkStrategy.noWatermarks(), "numbers")
                    .map(new Events(id, failAt))
                    .returns(ChangeEvent.TYPE);
        }

        @Override
        public ChangeEvent map(Long index) {
            if (index == failAt && FAILED.get(id).compareAndSet(false, true)) {
                throw new IllegalStateException("injected failure");
            }
            return EVENTS.get(id).get(index.intValue());
        }
    }
}
