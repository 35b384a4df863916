package io.tributary.local.bench;

import io.tributary.config.RegistryOptions;
import io.tributary.deadletter.DeadLetter;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.EventReader;
import io.tributary.debezium.EventSink;
import io.tributary.debezium.SkipReason;
import io.tributary.format.CloseableWireDecoder;
import io.tributary.format.WireDecoders;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowReader;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.configuration.Configuration;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event of the sales table costs on one core, updates with before-images: Avro's {@link GenericDatumReader}, and
 * this project's decoding, which leaves the row's columns where they are until they are needed. What counts is the
 * thread's CPU time, which other work on the machine does not add to; code is compiled while the thread waits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xbatch")
public class DecodeBenchmark {
    private static final int RECORDS = 1 << 12;

    @Param({"ENVELOPE", "FLATTENED"})
    String form;

    @Param({"CONFLUENT", "APICURIO", "APICURIO_HEADERS"})
    Framing framing;

    private RawRecord[] records;
    private final Last last = new Last();
    private int next;

    private StubRegistry registry;
    private CloseableWireDecoder decoder;
    private EventReader reader;
    private RowSchema rowSchema;
    private RowReader rowReader;
    private Object[] row;

    private GenericDatumReader<GenericRecord> keyReader;
    private GenericDatumReader<GenericRecord> valueReader;
    private BinaryDecoder binary;
    private GenericRecord reusedKey;
    private GenericRecord reusedValue;

    /** Makes the messages, and both decoders. */
    @Setup
    public void setUp() {
        LoadTable table = LoadTable.share(1, 1).get(0);
        Form written = Form.valueOf(form);
        records = updates(table, written, framing, RECORDS);
        registry = new StubRegistry(table.keySchema(), table.valueSchema(written));
        Configuration settings = new Configuration();
        settings.set(RegistryOptions.URL, registry.url());
        decoder = WireDecoders.create(settings).open();
        reader = new EventReader(decoder, name -> (List<String>) null);
        keyReader = new GenericDatumReader<>(new Schema.Parser().parse(table.keySchema()));
        valueReader = new GenericDatumReader<>(new Schema.Parser().parse(table.valueSchema(written)));
    }

    /** @return that many updates of one row after the other, with their keys */
    static RawRecord[] updates(LoadTable table, Form form, Framing framing, int number) {
        ChangeEncoder encoder = new ChangeEncoder(table, form, StubRegistry.KEY_ID, StubRegistry.VALUE_ID);
        RawRecord[] records = new RawRecord[number];
        for (int i = 0; i < number; i++) {
            Change change = new Change("u", 1 + i, 1_600_000_000_000L, 1_700_000_000_000L + i, 400L * i);
            records[i] = framing.record(table.fullName(), i, encoder.key(change), encoder.value(change));
        }
        return records;
    }

    /** Ends the stub. */
    @TearDown
    public void tearDown() {
        decoder.close();
        registry.close();
    }

    /** The thread's CPU time, and what it was spent on; of one iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cpu {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long begin;

        public long nanos;
        public long events;

        /** Before an iteration. */
        @Setup(Level.Iteration)
        public void begin() {
            events = 0;
            begin = threads.getCurrentThreadCpuTime();
        }

        /** After an iteration. */
        @TearDown(Level.Iteration)
        public void end() {
            nanos = threads.getCurrentThreadCpuTime() - begin;
        }
    }

    /** Key and value into new records, as Flink's own Avro format reads them. */
    @Benchmark
    public Object genericDatumReader(Cpu cpu) throws IOException {
        cpu.events++;
        return generic(false);
    }

    /** Key and value into records that are used again, the cheapest that Avro has. */
    @Benchmark
    public Object genericDatumReaderReusing(Cpu cpu) throws IOException {
        cpu.events++;
        return generic(true);
    }

    private Object generic(boolean reuse) throws IOException {
        RawRecord record = next();
        int prefix = framing.prefix();
        binary = DecoderFactory.get().binaryDecoder(record.key(), prefix, record.key().length - prefix, binary);
        reusedKey = keyReader.read(reuse ? reusedKey : null, binary);
        binary = DecoderFactory.get().binaryDecoder(record.value(), prefix, record.value().length - prefix, binary);
        reusedValue = valueReader.read(reuse ? reusedValue : null, binary);
        return form.equals("ENVELOPE") ? reusedValue.get("after") : reusedValue;
    }

    /** From the message to table, key, operation, position, and the place of the row. */
    @Benchmark
    public Object changeEvent(Cpu cpu) {
        cpu.events++;
        reader.read(next(), last);
        return last.event;
    }

    /** The same, and then every column's value. */
    @Benchmark
    public Object changeEventAndColumns(Cpu cpu) throws MalformedRowException {
        cpu.events++;
        reader.read(next(), last);
        ChangeEvent event = last.event;
        if (event.schema() != rowSchema) {
            rowSchema = event.schema();
            rowReader = RowReaders.of(rowSchema);
            row = new Object[rowSchema.columns().size()];
        }
        rowReader.read(event.bytes(), event.offset(), event.length(), row);
        return row;
    }

    private RawRecord next() {
        next = (next + 1) & (RECORDS - 1);
        return records[next];
    }

    private static final class Last implements EventSink {
        private ChangeEvent event;

        @Override
        public void change(ChangeEvent change) {
            event = change;
        }

        @Override
        public void skip(RawRecord record, SkipReason reason) {
            throw new IllegalStateException("skipped: " + reason);
        }

        @Override
        public void reject(DeadLetter letter) {
            throw new IllegalStateException("refused: " + letter.message());
        }
    }
}
