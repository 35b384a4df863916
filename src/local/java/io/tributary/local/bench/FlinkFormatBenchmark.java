package io.tributary.local.bench;

import io.tributary.source.RawRecord;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the messages of {@link DecodeBenchmark} cost with {@link FlinkFormat}, which knows one framing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xbatch")
public class FlinkFormatBenchmark {
    private static final int RECORDS = 1 << 12;

    @Param({"ENVELOPE", "FLATTENED"})
    String form;

    @Param("CONFLUENT")
    Framing framing;

    private RawRecord[] records;
    private StubRegistry registry;
    private FlinkFormat format;
    private RowData last;
    private int next;

    /** Makes the messages and the format. */
    @Setup
    public void setUp() throws Exception {
        LoadTable table = LoadTable.share(1, 1).get(0);
        Form written = Form.valueOf(form);
        records = DecodeBenchmark.updates(table, written, framing, RECORDS);
        registry = new StubRegistry(table.keySchema(), table.valueSchema(written));
        format = new FlinkFormat(table, written, registry.url());
    }

    /** Ends the stub. */
    @TearDown
    public void tearDown() throws IOException {
        format.close();
        registry.close();
    }

    /** From the message's value to its rows, every column; the key is not read. */
    @Benchmark
    public Object flinkFormat(DecodeBenchmark.Cpu cpu) throws IOException {
        cpu.events++;
        next = (next + 1) & (RECORDS - 1);
        format.read(records[next].value(), row -> last = row);
        return last;
    }
}
