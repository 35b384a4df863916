package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.TributaryConfig;
import io.tributary.format.CloseableWireDecoder;
import io.tributary.format.Encoded;
import io.tributary.format.UndecodableException;
import io.tributary.format.WireDecoder;
import io.tributary.format.WireDecoderFactory;
import io.tributary.local.recording.Recording;
import io.tributary.metrics.MetricNames;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DecodeFunctionTest {
    private static final String RECORDING = "raw-headers-default";

    @Test
    void changesGoOnAndDeadLettersToTheSide() throws Exception {
        try (OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness = harness()) {
            harness.open();
            for (RawRecord record : Recording.bundled(RECORDING).messages("tickit.ems.category")) {
                harness.processElement(new StreamRecord<>(record));
            }
            harness.processElement(new StreamRecord<>(broken()));
            assertThat(harness.extractOutputValues()).hasSize(19);
            assertThat(harness.getSideOutput(DecodeFunction.DEAD_LETTERS))
                    .extracting(each -> each.getValue().record())
                    .singleElement();
        }
    }

    @Test
    void aTruncateThatThePolicyIgnoresIsSkippedAndCounted() throws Exception {
        OperatorSubtaskState state;
        try (OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness = harness(truncates("ignore"))) {
            harness.open();
            harness.processElement(new StreamRecord<>(truncate()));
            assertThat(harness.extractOutputValues()).isEmpty();
            state = harness.snapshot(1, 1);
        }
        assertThat(counts(state))
                .isEqualTo(Map.of(
                        "recordsRead", 1L,
                        "skipped.truncate-ignored", 1L,
                        "tickit.ems.category skippedRecords", 1L));
    }

    @Test
    void aTruncateThatThePolicyForbidsStopsTheJobWithWhatToDo() throws Exception {
        try (OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness = harness(truncates("fail"))) {
            harness.open();
            assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(truncate())))
                    .hasMessageContaining("tickit.ems.category was truncated")
                    .hasMessageContaining("Lake.truncate");
        }
    }

    /** A key was changed beside a TOAST column that was not: nobody behind the connector can know its value. */
    @Test
    void aCreateWithoutAValueIsAChangeAndCounted() throws Exception {
        Messages messages = new Messages();
        Schema envelope = Messages.envelope(Messages.ROW, Messages.POSTGRES);
        OperatorSubtaskState state;
        try (OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness =
                harness(new TributaryConfig(Map.of()), () -> new Closeable(messages))) {
            harness.open();
            for (String op : List.of("c", "u", "c")) {
                Map<String, ?> row = Map.of("id", 7, "line", 2, "note", "__debezium_unavailable_value");
                Map<String, ?> source = Map.of(
                        "version",
                        "2.7",
                        "connector",
                        "postgresql",
                        "name",
                        "shop",
                        "ts_ms",
                        1L,
                        "db",
                        "shopdb",
                        "schema",
                        "public",
                        "table",
                        "t");
                Object value = Messages.record(envelope, Map.of("op", op, "source", source, "after", row));
                Object key = Messages.record(Messages.key(), Map.of("id", 7));
                harness.processElement(
                        new StreamRecord<>(messages.message("shop.public.t", Messages.key(), key, envelope, value)));
            }
            assertThat(harness.extractOutputValues()).hasSize(3);
            state = harness.snapshot(1, 1);
        }
        Map<String, Long> counts = counts(state);
        assertThat(counts.remove("shop.public.t bytesRead")).isPositive();
        assertThat(counts)
                .isEqualTo(Map.of(
                        "recordsRead", 3L,
                        "shop.public.t changes.c", 2L,
                        "shop.public.t changes.u", 1L,
                        "shop.public.t createsWithoutValues", 2L));
    }

    private static TributaryConfig truncates(String policy) {
        return new TributaryConfig(Map.of("Lake", Configuration.fromMap(Map.of("truncate", policy))));
    }

    private static RawRecord truncate() {
        return Recording.bundled(RECORDING).messages("tickit.ems.category").stream()
                .filter(record -> record.key() == null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countsAreExactOverRestartsAndRescaling() throws Exception {
        List<RawRecord> records = new ArrayList<>(Recording.bundled(RECORDING).messages("tickit.ems.category"));
        long bytes = records.stream()
                        .filter(record -> record.value() != null)
                        .mapToLong(DecodeFunctionTest::size)
                        .sum()
                + size(records.get(0));
        records.add(broken());
        OperatorSubtaskState first;
        try (OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness = harness()) {
            harness.open();
            for (RawRecord record : records) {
                harness.processElement(new StreamRecord<>(record));
            }
            first = harness.snapshot(1, 1);
            harness.processElement(new StreamRecord<>(broken()));
        }
        OperatorSubtaskState second;
        try (OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness = harness()) {
            harness.initializeState(first);
            harness.open();
            harness.processElement(new StreamRecord<>(records.get(0)));
            second = harness.snapshot(2, 2);
        }
        assertThat(counts(second))
                .isEqualTo(Map.ofEntries(
                        Map.entry("recordsRead", 22L),
                        Map.entry("skipped.tombstone", 1L),
                        Map.entry("deadLetters.malformed", 1L),
                        Map.entry("tickit.ems.category skippedRecords", 1L),
                        Map.entry("tickit.ems.category deadLetterRecords", 1L),
                        Map.entry("tickit.ems.category bytesRead", bytes),
                        Map.entry("tickit.ems.category changes.r", 12L),
                        Map.entry("tickit.ems.category changes.c", 4L),
                        Map.entry("tickit.ems.category changes.u", 2L),
                        Map.entry("tickit.ems.category changes.d", 1L),
                        Map.entry("tickit.ems.category changes.t", 1L)));
        Map<String, Long> sum = new TreeMap<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            OperatorSubtaskState part =
                    OneInputStreamOperatorTestHarness.repartitionOperatorState(second, 2, 1, 2, subtask);
            counts(part).forEach((name, count) -> sum.merge(name, count, Long::sum));
        }
        assertThat(sum).isEqualTo(counts(second));
    }

    @Test
    void metricsLieWhereTheServiceLooksForThem() {
        Map<String, Supplier<Object>> registered = new ConcurrentHashMap<>();
        DecodeCounters counters = new DecodeCounters(group("", registered), () -> 5_000);
        RawRecord record = RawRecord.ofKafka("shop.public.t", 0, 7, 0, new byte[3], new byte[10], Headers.NONE);
        ChangeEvent delete = event(Op.DELETE, 2_000, record);
        ChangeEvent insert = event(Op.CREATE, 2_500, record);
        counters.registryCalls(() -> 9);
        counters.read();
        counters.change(delete);
        counters.change(insert);
        counters.skip(record, SkipReason.TOMBSTONE);
        counters.skip(record, SkipReason.SCHEMA_CHANGE);
        counters.reject(record, io.tributary.deadletter.Reason.NO_KEY);
        Map<String, Object> values = new TreeMap<>();
        registered.forEach((name, value) -> values.put(name, value.get()));
        assertThat(values)
                .isEqualTo(Map.ofEntries(
                        Map.entry(".kinesisanalytics.tributary.recordsRead", 1L),
                        Map.entry(".kinesisanalytics.tributary.registryCalls", 9L),
                        Map.entry(".kinesisanalytics.tributary.table.shop.public.t.changes.d", 1L),
                        Map.entry(".kinesisanalytics.tributary.table.shop.public.t.changes.c", 1L),
                        Map.entry(".kinesisanalytics.tributary.table.shop.public.t.bytesRead", 13L),
                        Map.entry(".kinesisanalytics.tributary.table.shop.public.t.lagMs", 2_500L),
                        Map.entry(".kinesisanalytics.tributary.skipped.tombstone", 1L),
                        Map.entry(".kinesisanalytics.tributary.skipped.schema-change", 1L),
                        Map.entry(".kinesisanalytics.tributary.topic.shop.public.t.skippedRecords", 2L),
                        Map.entry(".kinesisanalytics.tributary.deadLetters.no-key", 1L),
                        Map.entry(".kinesisanalytics.tributary.deadLettersTotal", 1L),
                        Map.entry(".kinesisanalytics.tributary.topic.shop.public.t.deadLetterRecords", 1L)));
        assertThat(MetricNames.SERVICE_GROUP).isEqualTo("kinesisanalytics");
    }

    private static ChangeEvent event(Op op, long sourceTsMs, RawRecord record) {
        TableId table = new TableId("shop", "db", "public", "t");
        return new ChangeEvent(table, op, "1", "p", sourceTsMs, true, null, null, 0, 0, record);
    }

    private static MetricGroup group(String path, Map<String, Supplier<Object>> registered) {
        return new UnregisteredMetricsGroup() {
            @Override
            public Counter counter(String name) {
                Counter counter = new org.apache.flink.metrics.SimpleCounter();
                registered.put(path + "." + name, counter::getCount);
                return counter;
            }

            @Override
            public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
                registered.put(path + "." + name, gauge::getValue);
                return gauge;
            }

            @Override
            public MetricGroup addGroup(String name) {
                return group(path + "." + name, registered);
            }

            @Override
            public MetricGroup addGroup(String key, String value) {
                return group(path + "." + key + "." + value, registered);
            }
        };
    }

    private static Map<String, Long> counts(OperatorSubtaskState state) throws Exception {
        CountsProbe probe = new CountsProbe();
        try (OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness =
                new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(probe))) {
            harness.initializeState(state);
            harness.open();
            Map<String, Long> counts = new TreeMap<>();
            for (Tuple3<String, String, Long> entry : probe.entries) {
                counts.merge((entry.f0 + " " + entry.f1).trim(), entry.f2, Long::sum);
            }
            return counts;
        }
    }

    private static long size(RawRecord record) {
        return record.value().length + (record.key() == null ? 0 : record.key().length);
    }

    private static RawRecord broken() {
        RawRecord good =
                Recording.bundled(RECORDING).messages("tickit.ems.category").get(0);
        return RawRecord.ofKafka(good.topic(), 0, 99, 0, good.key(), new byte[] {2}, good.headers());
    }

    private static OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness() throws Exception {
        return harness(new TributaryConfig(Map.of()));
    }

    private static OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness(TributaryConfig config)
            throws Exception {
        return harness(config, () -> new Closeable(new RecordedDecoder(Recording.bundled(RECORDING))));
    }

    private static OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness(
            TributaryConfig config, WireDecoderFactory factory) throws Exception {
        OneInputStreamOperatorTestHarness<RawRecord, ChangeEvent> harness = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new DecodeFunction(factory, Map.of(), new DecodeLimits(config))),
                RawRecord.TYPE.createSerializer(
                        new org.apache.flink.api.common.ExecutionConfig().getSerializerConfig()));
        harness.setup(ChangeEvent.TYPE.createSerializer(
                new org.apache.flink.api.common.ExecutionConfig().getSerializerConfig()));
        return harness;
    }

    private record Closeable(WireDecoder decoder) implements CloseableWireDecoder {
        @Override
        public Encoded key(RawRecord record) throws UndecodableException {
            return decoder.key(record);
        }

        @Override
        public Encoded value(RawRecord record) throws UndecodableException {
            return decoder.value(record);
        }

        @Override
        public void close() {}
    }
}
