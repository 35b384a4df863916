package io.tributary.lake.commit;

import io.tributary.lake.write.TableLayout;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;

/** Makes the coordinator on the JobManager. */
public final class LakeCoordinatorProvider implements OperatorCoordinator.Provider {
    private static final long serialVersionUID = 1L;

    private final OperatorID operator;
    private final TableLayout layout;
    private final LakeTablesProvider tables;

    public LakeCoordinatorProvider(OperatorID operator, TableLayout layout, LakeTablesProvider tables) {
        this.operator = operator;
        this.layout = layout;
        this.tables = tables;
    }

    @Override
    public OperatorID getOperatorId() {
        return operator;
    }

    @Override
    public OperatorCoordinator create(OperatorCoordinator.Context context) {
        return new LakeCoordinator(context, tables.open(layout), layout::evolution, new Threads());
    }
}
