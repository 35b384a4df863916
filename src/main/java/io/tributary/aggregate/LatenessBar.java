package io.tributary.aggregate;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The highest watermark that has been acted upon. Watermarks begin anew after a restart; without this, a change for a
 * window whose state is already dropped would start that window from zero and overwrite its figures.
 */
final class LatenessBar {
    private long watermark = Long.MIN_VALUE;
    private ListState<Long> state;

    /** Takes the highest of all subtasks, since rescaling mixes their keys. */
    void restore(OperatorStateStore store) throws Exception {
        state = store.getUnionListState(new ListStateDescriptor<>("lateness-bar", Types.LONG));
        for (Long stored : state.get()) {
            observe(stored);
        }
    }

    void store() throws Exception {
        state.clear();
        state.add(watermark);
    }

    void observe(long seen) {
        if (!Windows.isEndOfInput(seen)) {
            watermark = Math.max(watermark, seen);
        }
    }

    /** @return whether what closes at that time is closed */
    boolean isPast(long closesAt) {
        return closesAt <= watermark;
    }
}
