package io.tributary.debezium;

import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Reads the counters out of a checkpoint of the decode function. */
final class CountsProbe extends ProcessFunction<RawRecord, ChangeEvent> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    transient List<Tuple3<String, String, Long>> entries;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        entries = new ArrayList<>();
        ListState<Tuple3<String, String, Long>> state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(
                        "decode-counters", Types.TUPLE(Types.STRING, Types.STRING, Types.LONG)));
        state.get().forEach(entries::add);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public void processElement(RawRecord value, Context context, Collector<ChangeEvent> out) {}
}
