package io.tributary.local.bench;

import io.tributary.local.job.LocalJob;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Starts the statement set, as one job. */
final class BaselineRun {
    private static final int NETWORK_MB = 32;
    private static final int NETWORK_MB_PER_TABLE = 2;

    private BaselineRun() {}

    static LocalJob start(RunSpec spec, Configuration flink) {
        // Each table is a pipeline of its own, with network buffers of its own.
        MemorySize network = MemorySize.ofMebiBytes(
                NETWORK_MB + (long) NETWORK_MB_PER_TABLE * spec.tables().size());
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        return LocalJob.start(
                env -> compose(env, new SqlScript(spec), spec.tables().size()), flink, spec.parallelism());
    }

    private static void compose(StreamExecutionEnvironment env, SqlScript script, int tables) {
        StreamTableEnvironment sql = StreamTableEnvironment.create(env);
        StreamStatementSet statements = sql.createStatementSet();
        for (int table = 0; table < tables; table++) {
            sql.executeSql(script.source(table));
            sql.executeSql(script.sink(table));
            statements.addInsertSql(script.insert(table));
        }
        statements.attachAsDataStream();
    }
}
