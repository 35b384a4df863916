package io.tributary.preflight;

import io.tributary.config.AggregateOptions;
import io.tributary.config.DeadLetterOptions;
import io.tributary.config.StreamArn;
import io.tributary.config.TributaryConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Whether the topics that the job writes to are there or can come about, and those of figures are compacted. */
final class OutputTopicCheck implements Check {
    private static final String AUTO_CREATE = "auto.create.topics.enable";

    private final TributaryConfig config;

    OutputTopicCheck(TributaryConfig config) {
        this.config = config;
    }

    @Override
    public String subject() {
        return "outputs";
    }

    @Override
    public List<Finding> run() throws Exception {
        Map<String, Boolean> topics = topics();
        if (topics.isEmpty()) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>();
        try (Admin admin = KafkaAdmin.create(config)) {
            Collection<String> existing = admin.listTopics().names().get();
            for (Map.Entry<String, Boolean> topic : topics.entrySet()) {
                found.add(
                        existing.contains(topic.getKey())
                                ? cleanup(admin, topic.getKey(), topic.getValue())
                                : missing(admin, topic.getKey(), topic.getValue()));
            }
        } catch (ExecutionException e) {
            return List.of(Finding.warn(
                    subject(),
                    "the brokers do not list their topics (" + Causes.text(e) + ")",
                    "see the source's finding; allow the job DESCRIBE on the topics it writes"));
        }
        return found;
    }

    /** @return by name, whether the topic is to be compacted */
    private Map<String, Boolean> topics() {
        Map<String, Boolean> topics = new TreeMap<>();
        for (Configuration aggregate : config.groups(AggregateOptions.GROUP).values()) {
            String output = aggregate.get(AggregateOptions.OUTPUT);
            if (!StreamArn.looksLikeOne(output)) {
                topics.put(output, true);
            }
        }
        Configuration letters = config.group(DeadLetterOptions.GROUP);
        if (letters.get(DeadLetterOptions.TYPE) == DeadLetterOptions.Type.TOPIC) {
            topics.put(letters.get(DeadLetterOptions.TOPIC), false);
        }
        return topics;
    }

    private Finding cleanup(Admin admin, String topic, boolean compacted) {
        if (!compacted) {
            return Finding.pass(subject(), "topic " + topic + " exists");
        }
        String policy;
        try {
            policy = value(
                    admin, new ConfigResource(ConfigResource.Type.TOPIC, topic), TopicConfig.CLEANUP_POLICY_CONFIG);
        } catch (Exception e) {
            return Finding.warn(
                    subject(),
                    "topic " + topic + " exists, but its settings may not be read (" + Causes.text(e) + ")",
                    "see to it that its cleanup.policy is compact");
        }
        return policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)
                ? Finding.pass(subject(), "topic " + topic + " exists and is compacted")
                : Finding.warn(
                        subject(),
                        "topic " + topic + " has cleanup.policy=" + policy + ": figures that do not change disappear",
                        "set its cleanup.policy=compact, so that it holds the current figure of every group and window");
    }

    private Finding missing(Admin admin, String topic, boolean compacted) {
        String create = "create it" + (compacted ? " with cleanup.policy=compact" : "");
        try {
            Node broker = admin.describeCluster().nodes().get().iterator().next();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
            if (!Boolean.parseBoolean(value(admin, resource, AUTO_CREATE))) {
                return Finding.fail(
                        subject(),
                        "topic " + topic + " does not exist, and the brokers create none by themselves",
                        create);
            }
            return Finding.warn(
                    subject(),
                    "topic " + topic + " does not exist; the brokers create it with their own settings",
                    create);
        } catch (Exception e) {
            return Finding.warn(subject(), "topic " + topic + " does not exist", create);
        }
    }

    private static String value(Admin admin, ConfigResource resource, String name) throws Exception {
        Config settings = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        ConfigEntry entry = settings.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }
}
