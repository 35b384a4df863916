package io.tributary.local.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.TributaryJob;
import io.tributary.config.Arguments;
import io.tributary.config.PropertyGroups;
import io.tributary.config.Setting;
import io.tributary.config.TributaryConfig;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalKinesis;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.local.stack.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of the job by {@code Group.key}, loaded and checked exactly as on the job's own command line. */
public final class JobSettings {
    private final Map<String, String> settings = new LinkedHashMap<>();

    /** Sets one value; a later one for the same key counts. */
    public JobSettings set(String key, String value) {
        settings.remove(key);
        settings.put(key, value);
        return this;
    }

    public JobSettings setAll(Map<String, String> more) {
        more.forEach(this::set);
        return this;
    }

    /** @return the settings by {@code Group.key} */
    public Map<String, String> asMap() {
        return Map.copyOf(settings);
    }

    /** @return settings that read the topics of a local broker, from the beginning, with a local registry */
    public static JobSettings of(LocalKafka kafka, LocalRegistry registry, Collection<String> topics, String lake) {
        return new JobSettings()
                .set("Source.bootstrap.servers", kafka.bootstrapServers())
                .set("Source.topics", String.join(",", topics))
                .set("Source.start", "earliest")
                .set("SchemaRegistry.url", registry.url())
                .set("Lake.path", lake);
    }

    /** @return settings that read a stream of a local Kinesis, from the beginning, with a local registry */
    public static JobSettings of(LocalKinesis kinesis, LocalRegistry registry, String streamArn, String lake) {
        return new JobSettings()
                .set("Source.type", "kinesis")
                .set("Source.stream.arns", streamArn)
                .setAll(kinesis.settings())
                .set("SchemaRegistry.url", registry.url())
                .set("Lake.path", lake);
    }

    /** @throws io.tributary.config.ConfigException with every problem there is */
    public TributaryConfig load() {
        List<String> arguments = new ArrayList<>();
        try (WorkDirectory directory = WorkDirectory.create("settings")) {
            // An empty file: that of the working directory must not mix in.
            Path none = Files.writeString(directory.path().resolve("application-properties.json"), "[]");
            arguments.add("--config");
            arguments.add(none.toString());
            settings.forEach((key, value) -> {
                arguments.add("--set");
                arguments.add(key + "=" + value);
            });
            return TributaryJob.load(Arguments.parse(arguments.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the settings' file", e);
        }
    }

    /** Writes the settings to a file as {@code --config} takes it. */
    public Path writeTo(Path file) {
        PropertyGroups groups = PropertyGroups.NONE;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            groups = groups.with(Setting.parse(
                    setting.getKey() + "=" + setting.getValue(), groups.asMap().keySet()));
        }
        List<Map<String, Object>> json = new ArrayList<>();
        groups.asMap().forEach((group, values) -> json.add(Map.of("PropertyGroupId", group, "PropertyMap", values)));
        try {
            new ObjectMapper().writeValue(file.toFile(), json);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the settings to " + file, e);
        }
    }
}
