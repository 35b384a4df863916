package io.tributary.preflight;

import io.tributary.config.TributaryConfig;
import io.tributary.lake.lease.LeaseInspection;
import io.tributary.lake.write.TableLayout;
import java.util.List;

/** Whether another writer is alive on the lake. */
final class LeaseCheck implements Check {
    private final TributaryConfig config;

    LeaseCheck(TributaryConfig config) {
        this.config = config;
    }

    @Override
    public String subject() {
        return "lease";
    }

    @Override
    public List<Finding> run() throws Exception {
        TableLayout layout = new TableLayout(config);
        List<String> holders =
                LeaseInspection.holders(layout.lake(), layout.hadoop().configuration());
        return List.of(
                holders.isEmpty()
                        ? Finding.pass(subject(), "no other writer is on the lake")
                        : Finding.warn(
                                subject(),
                                "held by " + String.join("; ", holders),
                                "a lake has one writer: this job waits until the other has stopped, or its lease has"
                                        + " expired (Lake.lease.duration)"));
    }
}
