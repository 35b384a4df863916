package io.tributary.local.cluster;

import io.tributary.local.stack.FreePort;
import io.tributary.local.stack.StackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The configuration directory of one cluster: the project's {@code flink-conf}, with this cluster's addresses, ports and
 * directories, and the options of its JVMs as Flink's own start scripts work them out.
 */
final class ClusterConfig {
    private static final String HOST = "127.0.0.1";

    private final Path directory;
    private final Configuration flink;

    private ClusterConfig(Path directory, Path source) {
        this.directory = directory;
        this.flink = GlobalConfiguration.loadConfiguration(source.toString());
    }

    /**
     * Writes the configuration.
     *
     * @param directory the cluster's own
     * @param settings Flink's options on top of {@code flink-conf/config.yaml}
     */
    static ClusterConfig create(Path directory, Map<String, String> settings) {
        ClusterConfig config = new ClusterConfig(directory, source());
        config.addresses();
        config.directories();
        settings.forEach(config.flink::setString);
        config.write();
        return config;
    }

    /** @return the configuration that another process has written */
    static ClusterConfig of(Path directory) {
        return new ClusterConfig(directory, confDirectory(directory));
    }

    private static Path source() {
        return StackFiles.buildDirectory().resolveSibling("flink-conf");
    }

    private void addresses() {
        int restPort = FreePort.find();
        flink.set(JobManagerOptions.ADDRESS, HOST);
        flink.set(JobManagerOptions.BIND_HOST, HOST);
        flink.set(JobManagerOptions.PORT, FreePort.find());
        flink.set(BlobServerOptions.PORT, "0");
        flink.set(RestOptions.ADDRESS, HOST);
        flink.set(RestOptions.BIND_ADDRESS, HOST);
        flink.set(RestOptions.PORT, restPort);
        flink.set(RestOptions.BIND_PORT, Integer.toString(restPort));
        flink.set(TaskManagerOptions.HOST, HOST);
        flink.set(TaskManagerOptions.BIND_HOST, HOST);
    }

    private void directories() {
        flink.set(CoreOptions.TMP_DIRS, directory.resolve("tmp").toString());
        flink.set(WebOptions.TMP_DIR, directory.resolve("tmp").toString());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        flink.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                directory.resolve("savepoints").toUri().toString());
    }

    private void write() {
        try {
            Files.createDirectories(directory.resolve("tmp"));
            Files.createDirectories(confDirectory());
            Files.write(
                    confDirectory().resolve(GlobalConfiguration.FLINK_CONF_FILENAME),
                    ConfigurationUtils.convertConfigToWritableLines(flink, true));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the cluster's configuration to " + confDirectory(), e);
        }
    }

    /** @return the directory for {@code --configDir} and {@code FLINK_CONF_DIR} */
    Path confDirectory() {
        return confDirectory(directory);
    }

    private static Path confDirectory(Path directory) {
        return directory.resolve("conf");
    }

    /** @return the address of the REST API and the web interface, without a slash at its end */
    String restAddress() {
        return "http://" + HOST + ":" + flink.get(RestOptions.PORT);
    }

    /** @return the options of the JobManager's JVM; memory as configured */
    List<String> jobManagerJvmOptions(Path log) {
        return jvmOptions(
                JobManagerProcessUtils.generateJvmParametersStr(jobManagerMemory(), flink),
                CoreOptions.FLINK_JM_JVM_OPTIONS,
                log);
    }

    /** @return the arguments of the JobManager's main class */
    List<String> jobManagerArguments() {
        return arguments(JobManagerProcessUtils.generateDynamicConfigsStr(jobManagerMemory()));
    }

    /** @return the options of a TaskManager's JVM; memory as configured */
    List<String> taskManagerJvmOptions(Path log) {
        return jvmOptions(
                ProcessMemoryUtils.generateJvmParametersStr(taskManagerMemory()),
                CoreOptions.FLINK_TM_JVM_OPTIONS,
                log);
    }

    /** @return the arguments of a TaskManager's main class */
    List<String> taskManagerArguments(String resourceId) {
        List<String> arguments = arguments(TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManagerMemory()));
        arguments.add("-D");
        arguments.add("taskmanager.resource-id=" + resourceId);
        return arguments;
    }

    /** @return the options of the client's JVM */
    List<String> clientJvmOptions(Path log) {
        List<String> options = jvmOptions("-Xmx512m -XX:TieredStopAtLevel=1", CoreOptions.FLINK_CLI_JVM_OPTIONS, log);
        // What goes wrong is printed by the client itself.
        options.add("-Dtributary.log.level=OFF");
        return options;
    }

    private JobManagerProcessSpec jobManagerMemory() {
        return JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
                flink, JobManagerOptions.JVM_HEAP_MEMORY);
    }

    private TaskExecutorProcessSpec taskManagerMemory() {
        return TaskExecutorProcessUtils.processSpecFromConfig(flink);
    }

    private List<String> jvmOptions(String memory, ConfigOption<String> own, Path log) {
        List<String> options = words(memory);
        options.add("-XX:+UseSerialGC");
        options.addAll(words(flink.get(CoreOptions.FLINK_JVM_OPTIONS)));
        options.addAll(words(flink.get(own)));
        options.add("-Dlog.file=" + log);
        options.add("-Dlog4j.configurationFile="
                + source().resolve("log4j.properties").toUri());
        return options;
    }

    private List<String> arguments(String dynamic) {
        List<String> arguments =
                new ArrayList<>(List.of("--configDir", confDirectory().toString()));
        arguments.addAll(words(dynamic));
        return arguments;
    }

    private static List<String> words(String text) {
        return new ArrayList<>(text.isBlank() ? List.of() : List.of(text.trim().split("\\s+")));
    }
}
