package io.tributary.preflight;

import io.tributary.config.RegistryOptions;
import io.tributary.config.SourceOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.format.RegistryProbe;
import io.tributary.format.RegistryUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;

/** Whether the schema registry answers, and has schemas for keys and values of the topics. */
final class RegistryCheck implements Check {
    private static final int MOST_TOPICS = 200;

    private final TributaryConfig config;

    RegistryCheck(TributaryConfig config) {
        this.config = config;
    }

    @Override
    public String subject() {
        return "registry";
    }

    @Override
    public List<Finding> run() throws Exception {
        Configuration group = config.group(RegistryOptions.GROUP);
        try (RegistryProbe probe = RegistryProbe.of(group)) {
            probe.requireAnswer();
            List<Finding> found = new ArrayList<>();
            found.add(Finding.pass(subject(), group.get(RegistryOptions.TYPE) + " answers"));
            if (probe.knowsSubjects()) {
                found.addAll(subjects(probe));
            }
            return found;
        } catch (RegistryUnavailableException e) {
            return List.of(Finding.fail(
                    subject(),
                    e.getMessage().replaceAll("\\s+", " "),
                    "the job waits for it and loses nothing, but applies nothing either"));
        }
    }

    private List<Finding> subjects(RegistryProbe probe) {
        List<String> topics = topics();
        List<String> without = new ArrayList<>();
        List<String> keyless = new ArrayList<>();
        for (String topic : topics) {
            if (!probe.hasSubject(topic + "-value")) {
                without.add(topic);
            } else if (!probe.hasSubject(topic + "-key")) {
                keyless.add(topic);
            }
        }
        List<Finding> found = new ArrayList<>();
        if (!without.isEmpty()) {
            found.add(
                    Finding.warn(
                            "schemas",
                            "no subject <topic>-value for " + TopicCheck.some(without),
                            "nothing to do where the topic holds no rows (heartbeats, transactions) or another subject naming is"
                                    + " used; else check SchemaRegistry.url, SchemaRegistry.group and the connector's converter"));
        }
        if (!keyless.isEmpty()) {
            found.add(Finding.warn(
                    "schemas",
                    "no subject <topic>-key for " + TopicCheck.some(keyless),
                    "use an Avro key.converter too, and give the table a primary key or Table.<name>.key; rows without"
                            + " a key are dead letters"));
        }
        if (found.isEmpty() && !topics.isEmpty()) {
            found.add(Finding.pass(
                    "schemas",
                    "of keys and values of " + TopicCheck.counted(topics.size(), "topic") + " are registered"));
        }
        return found;
    }

    /** @return none where they are not known: the source's own check says why */
    private List<String> topics() {
        if (config.group(SourceOptions.GROUP).get(SourceOptions.TYPE) == SourceOptions.Type.KINESIS) {
            return List.of();
        }
        try (Admin admin = KafkaAdmin.create(config)) {
            List<String> names =
                    SourceTopics.find(admin, config.group(SourceOptions.GROUP)).names();
            return names.subList(0, Math.min(MOST_TOPICS, names.size()));
        } catch (Exception e) {
            return List.of();
        }
    }
}
