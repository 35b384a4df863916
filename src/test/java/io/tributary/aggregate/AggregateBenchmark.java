package io.tributary.aggregate;

import com.sun.management.OperatingSystemMXBean;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.EventReader;
import io.tributary.debezium.Op;
import io.tributary.debezium.Outcomes;
import io.tributary.debezium.RecordedDecoder;
import io.tributary.local.recording.Recording;
import io.tributary.source.RawRecord;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * What the aggregates cost, by CPU time so that other processes do not matter. Kept, not run with the tests: the command
 * is in docs/aggregates.md.
 */
public final class AggregateBenchmark {
    private static final int EVENTS = 1_000_000;
    private static final int SALES = 200_000;
    private static List<ChangeEvent> recorded;

    private AggregateBenchmark() {}

    /** @param args the state backends, {@code hashmap} and {@code rocksdb} where there are none */
    public static void main(String[] args) throws Exception {
        recorded = recordedSales();
        for (String backend : args.length == 0 ? List.of("hashmap", "rocksdb") : List.of(args)) {
            stateSize(backend);
            throughput(backend, EVENTS / 5);
            throughput(backend, EVENTS);
        }
        System.exit(0);
    }

    /** The branch of sales by event in sliding windows, from change events to results, at parallelism 1. */
    private static void throughput(String backend, int events) throws Exception {
        Configuration flink = new Configuration();
        flink.setString("state.backend.type", backend);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
        env.getConfig().disableGenericTypes();
        env.getConfig().enableObjectReuse();
        var changes = env.fromSource(
                        new NumberSequenceSource(0, events - 1), WatermarkStrategy.noWatermarks(), "numbers")
                .map(new Changes())
                .returns(ChangeEvent.TYPE);
        Map<String, String> settings = new HashMap<>(Map.of(
                "table", "tickit.ecomm.sale",
                "amount", "pricepaid",
                "quantity", "qtysold",
                "group.by", "eventid",
                "output", "none"));
        AggregateSpec spec = AggregateSpec.of("bench", Configuration.fromMap(settings));
        Aggregates.branch(changes, spec, true).results().sinkTo(new DiscardingSink<>());
        long cpu = cpu();
        long start = System.nanoTime();
        env.execute();
        double seconds = (cpu() - cpu) / 1e9;
        System.out.printf(
                "%s: %d events, %.1f CPU s, %.1f s: %.0f events per CPU second%n",
                backend, events, seconds, (System.nanoTime() - start) / 1e9, events / seconds);
    }

    private static void stateSize(String backend) throws Exception {
        AggregateSpec spec = Sales.spec("quantity", "qty");
        try (var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new ContributionFunction(spec), List.of(LatestRowFunction.TRUNCATES)),
                RowChange::key,
                null,
                Types.STRING)) {
            EmbeddedRocksDBStateBackend rocksDb = new EmbeddedRocksDBStateBackend();
            rocksDb.getMemoryConfiguration().setFixedMemoryPerSlot("256 mb");
            harness.setStateBackend(backend.equals("rocksdb") ? rocksDb : new HashMapStateBackend());
            harness.setCheckpointStorage(new JobManagerCheckpointStorage(1 << 30));
            harness.open();
            long before = usedHeap();
            for (int i = 0; i < SALES; i++) {
                // a position as long as those of Debezium: ts_ms, binlog file and offset, Kafka offset
                RowChange sale = Sales.put("" + i, i, "country" + i % 68, "123.45", Sales.at("14:00") + i);
                String position = String.format("%019d%010d%019d%010d%020d", i, 1, i, 0, i);
                harness.processElement1(new StreamRecord<>(
                        new RowChange(sale.kind(), sale.key(), position, false, sale.values(), null)));
                if (i % 1000 == 0) {
                    harness.getOutput().clear();
                }
            }
            harness.getOutput().clear();
            long heap = usedHeap() - before;
            long snapshot = harness.snapshot(1, 1).getStateSize();
            System.out.printf(
                    "%s: per remembered sale %d bytes in the checkpoint, %d on the heap%n",
                    backend, snapshot / SALES, heap / SALES);
        }
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static List<ChangeEvent> recordedSales() {
        Recording recording = Recording.bundled("raw-headers-default");
        Outcomes outcomes = new Outcomes();
        EventReader reader = new EventReader(new RecordedDecoder(recording), table -> null);
        for (RawRecord record : recording.messages("tickit.ecomm.sale")) {
            reader.read(record, outcomes);
        }
        List<ChangeEvent> changes = new ArrayList<>(outcomes.changes());
        changes.removeIf(change -> change.op() == Op.DELETE);
        return changes;
    }

    /** Recorded sales again and again, each time with new keys, positions and times. */
    private static final class Changes implements MapFunction<Long, ChangeEvent> {
        private static final long serialVersionUID = 1L;

        @Override
        public ChangeEvent map(Long number) {
            ChangeEvent event = recorded.get((int) (number % recorded.size()));
            long round = number / recorded.size();
            return new ChangeEvent(
                    event.table(),
                    event.op(),
                    event.key() + "-" + round / 2,
                    event.position() + number,
                    event.sourceTsMs() + round * 1000,
                    event.complete(),
                    event.schema(),
                    event.bytes(),
                    event.offset(),
                    event.length(),
                    event.record());
        }
    }
}
