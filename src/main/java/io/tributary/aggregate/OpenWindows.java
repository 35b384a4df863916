package io.tributary.aggregate;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * How many windows have figures, over all groups of a subtask. Counted rather than looked up, which would read all of the
 * state. After a change of parallelism the sum over the subtasks is right, and each one's share of it arbitrary.
 */
final class OpenWindows {
    /** Written by the task's thread, read by those of the reporters. */
    private volatile long count;

    private ListState<Long> state;

    void restore(OperatorStateStore store) throws Exception {
        state = store.getListState(new ListStateDescriptor<>("open-windows", Types.LONG));
        for (Long stored : state.get()) {
            count = count + stored;
        }
    }

    void store() throws Exception {
        state.clear();
        state.add(count);
    }

    void opened() {
        count = count + 1;
    }

    void closed() {
        count = count - 1;
    }

    /** @return the windows; a share of them where the parallelism has changed, so it may be negative by itself */
    long count() {
        return count;
    }
}
