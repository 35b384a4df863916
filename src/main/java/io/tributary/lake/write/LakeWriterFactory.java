package io.tributary.lake.write;

import io.tributary.deadletter.DeadLetter;
import io.tributary.lake.commit.CommitListenerProvider;
import io.tributary.lake.commit.LakeCoordinatorProvider;
import io.tributary.lake.commit.LakeTablesProvider;
import io.tributary.lake.lease.LeaseTerms;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the writers, and tells Flink of their coordinator. */
public final class LakeWriterFactory extends AbstractStreamOperatorFactory<DeadLetter>
        implements OneInputStreamOperatorFactory<LakeMessage, DeadLetter>, CoordinatedOperatorFactory<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final TableLayout layout;
    private final long memoryBytes;
    private final int fileThreads;
    private final long keyBytes;
    private final LakeTablesProvider tables;
    private final LeaseTerms lease;
    private final CommitListenerProvider listeners;

    /**
     * @param memoryBytes for rows that wait to be written, for each subtask
     * @param fileThreads how many files each subtask writes at the same time, at most
     * @param keyBytes for filters of the keys of partitioned tables, for each subtask
     * @param tables what the coordinator commits to
     * @param lease how the coordinator keeps other jobs out
     * @param listeners who hears of commits
     */
    public LakeWriterFactory(
            TableLayout layout,
            long memoryBytes,
            int fileThreads,
            long keyBytes,
            LakeTablesProvider tables,
            LeaseTerms lease,
            CommitListenerProvider listeners) {
        this.layout = layout;
        this.memoryBytes = memoryBytes;
        this.fileThreads = fileThreads;
        this.keyBytes = keyBytes;
        this.tables = tables;
        this.lease = lease;
        this.listeners = listeners;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(String operatorName, OperatorID operator) {
        return new LakeCoordinatorProvider(operator, layout, tables, lease, listeners);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<DeadLetter>> T createStreamOperator(
            StreamOperatorParameters<DeadLetter> parameters) {
        LakeWriter writer = new LakeWriter(layout, memoryBytes, fileThreads, keyBytes);
        writer.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
        return (T) writer;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return LakeWriter.class;
    }
}
