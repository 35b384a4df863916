package io.tributary.deadletter;

import io.tributary.process.JobClasses;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Writes dead letters below a directory, at least once: a file for each checkpoint and subtask that has any. After a
 * failure those since the last checkpoint are written again, under another name.
 *
 * <p>The directory is reached through Hadoop, as the lake is, so that both take the same paths and settings.
 */
final class DirectorySink implements Sink<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final TreeMap<String, String> hadoopSettings;

    /**
     * @param directory a local path, {@code file://}, {@code s3a://} or {@code s3://}
     * @param hadoopSettings without the prefix {@code hadoop.}
     */
    DirectorySink(String directory, Map<String, String> hadoopSettings) {
        this.directory = directory;
        this.hadoopSettings = new TreeMap<>(hadoopSettings);
    }

    @Override
    @Deprecated
    public SinkWriter<DeadLetter> createWriter(InitContext context) {
        return writer(context.getTaskInfo(), context.getUserCodeClassLoader());
    }

    @Override
    public SinkWriter<DeadLetter> createWriter(WriterInitContext context) {
        return writer(context.getTaskInfo(), context.getUserCodeClassLoader());
    }

    private SinkWriter<DeadLetter> writer(TaskInfo task, UserCodeClassLoader classes) {
        JobClasses.releaseOn(classes::registerReleaseHookIfAbsent);
        return new DirectoryWriter(directory, hadoopSettings, task.getIndexOfThisSubtask());
    }
}
