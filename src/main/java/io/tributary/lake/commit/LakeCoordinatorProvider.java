package io.tributary.lake.commit;

import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.lake.lease.LeaseTerms;
import io.tributary.lake.write.TableLayout;
import io.tributary.process.JobClasses;
import java.util.Map;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;

/** Makes the coordinator on the JobManager. */
public final class LakeCoordinatorProvider implements OperatorCoordinator.Provider {
    private static final long serialVersionUID = 1L;

    private final OperatorID operator;
    private final TableLayout layout;
    private final LakeTablesProvider tables;
    private final LeaseTerms lease;
    private final CommitListenerProvider listeners;

    public LakeCoordinatorProvider(
            OperatorID operator,
            TableLayout layout,
            LakeTablesProvider tables,
            LeaseTerms lease,
            CommitListenerProvider listeners) {
        this.operator = operator;
        this.layout = layout;
        this.tables = tables;
        this.lease = lease;
        this.listeners = listeners;
    }

    @Override
    public OperatorID getOperatorId() {
        return operator;
    }

    @Override
    public OperatorCoordinator create(OperatorCoordinator.Context context) {
        JobClasses.use();
        LeaseKeeper keeper = LeaseKeeper.of(layout.lake(), layout.hadoop(), lease, describe(context));
        CommitListener listener = listeners.open(layout, LakeMetrics.group(context.metricGroup()));
        return new LakeCoordinator(context, tables.open(layout), layout::evolution, new Threads(), keeper, listener);
    }

    private static String describe(OperatorCoordinator.Context context) {
        Map<String, String> scope = context.metricGroup().getAllVariables();
        return "job " + scope.getOrDefault(ScopeFormat.SCOPE_JOB_NAME, "") + " "
                + scope.getOrDefault(ScopeFormat.SCOPE_JOB_ID, "");
    }
}
