package io.tributary.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The places where a configuration is looked for. Immutable. */
public final class ConfigOrigin {
    public static final String DEFAULT_FILE = "application-properties.json";
    /** Where Managed Service for Apache Flink puts the runtime properties; it exists there only. */
    public static final Path SERVICE_FILE = Path.of("/etc/flink/application_properties.json");

    private final Path serviceFile;
    private final Path directory;

    ConfigOrigin(Path serviceFile, Path directory) {
        this.serviceFile = serviceFile;
        this.directory = directory;
    }

    /** @return the places of this process: the service's file and the working directory */
    public static ConfigOrigin ofProcess() {
        return new ConfigOrigin(SERVICE_FILE, Path.of(""));
    }

    /** @return whether the job runs on Managed Service for Apache Flink, which sets checkpoints and parallelism itself */
    public boolean isManagedService() {
        return Files.exists(serviceFile);
    }

    /** @return the file to read: the one named, else the service's, else the one in the directory, if there is one */
    public Optional<Path> file(Arguments arguments) {
        if (arguments.config().isPresent()) {
            return arguments.config();
        }
        Path local = directory.resolve(DEFAULT_FILE);
        Path file = isManagedService() ? serviceFile : local;
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    /** @return the places for people */
    @Override
    public String toString() {
        return serviceFile + " (there on Managed Service for Apache Flink) and "
                + directory.resolve(DEFAULT_FILE).toAbsolutePath();
    }
}
