package io.tributary.preflight;

import io.tributary.config.SourceOptions;
import io.tributary.config.StartPosition;
import io.tributary.config.TributaryConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Whether the brokers answer, the topics are there, and the messages that the job is to begin with still exist. */
final class TopicCheck implements Check {
    private final TributaryConfig config;
    private final Configuration source;

    TopicCheck(TributaryConfig config) {
        this.config = config;
        this.source = config.group(SourceOptions.GROUP);
    }

    @Override
    public String subject() {
        return "source";
    }

    @Override
    public List<Finding> run() throws Exception {
        String brokers = source.get(SourceOptions.BOOTSTRAP_SERVERS);
        try (Admin admin = KafkaAdmin.create(config)) {
            int nodes;
            try {
                nodes = admin.describeCluster().nodes().get().size();
            } catch (Exception e) {
                return List.of(Finding.fail(
                        subject(),
                        "no Kafka broker answers at " + brokers + " (" + Causes.text(e) + ")",
                        "check Source.bootstrap.servers, Auth.type and its port, security groups and DNS"));
            }
            List<Finding> found = new ArrayList<>();
            SourceTopics topics = SourceTopics.find(admin, source);
            for (String missing : topics.missing()) {
                found.add(Finding.fail(
                        subject(),
                        "topic " + missing + " does not exist, or may not be described",
                        "check its name in Source.topics, create it, or allow DESCRIBE and READ on it"));
            }
            if (topics.partitions().isEmpty()) {
                if (topics.missing().isEmpty()) {
                    found.add(Finding.warn(
                            subject(),
                            "no topic matches " + source.get(SourceOptions.TOPIC_PATTERN) + " yet",
                            "it is read as soon as it appears; a pattern has to match the whole name"));
                }
                return found;
            }
            found.add(Finding.pass(
                    subject(),
                    counted(nodes, "broker") + ", "
                            + counted(topics.names().size(), "topic") + ", "
                            + counted(topics.partitions().size(), "partition")));
            found.addAll(offsets(admin, topics.partitions()));
            return found;
        }
    }

    private List<Finding> offsets(Admin admin, Collection<TopicPartition> partitions) throws Exception {
        List<Finding> found = new ArrayList<>();
        Map<TopicPartition, Long> first = KafkaAdmin.offsets(admin, partitions, OffsetSpec.earliest());
        String group = source.get(SourceOptions.GROUP_ID);
        Map<TopicPartition, Long> committed = new TreeMap<>(SourceTopics.BY_NAME);
        try {
            Map<TopicPartition, OffsetAndMetadata> stored = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            stored.forEach((partition, offset) -> {
                if (offset != null && first.containsKey(partition)) {
                    committed.put(partition, offset.offset());
                }
            });
        } catch (Exception e) {
            found.add(Finding.warn(
                    "offsets",
                    "those of consumer group " + group + " cannot be read (" + Causes.text(e) + ")",
                    "allow the job READ and DESCRIBE on the group"));
        }
        List<String> expired = new ArrayList<>();
        committed.forEach((partition, offset) -> {
            if (offset < first.get(partition)) {
                expired.add(partition + " at " + offset + ", begins at " + first.get(partition));
            }
        });
        if (!expired.isEmpty()) {
            found.add(Finding.fail(
                    "offsets",
                    "group " + group + " had come to messages that are gone: " + some(expired),
                    "a job restored to there stops, since it would miss changes: take a new Debezium snapshot"
                            + " (an incremental one), then start without state; lengthen the topics' retention"));
        } else if (!committed.isEmpty()) {
            found.add(Finding.pass(
                    "offsets",
                    "group " + group + " has " + committed.size() + " committed offsets, all of them exist"));
        } else if (StartPosition.parse(source.get(SourceOptions.START)).kind() == StartPosition.Kind.EARLIEST) {
            Set<String> cut = first.entrySet().stream()
                    .filter(offset -> offset.getValue() > 0)
                    .map(offset -> offset.getKey().topic())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!cut.isEmpty()) {
                found.add(Finding.warn(
                        "offsets",
                        "older messages of " + some(List.copyOf(cut)) + " have been removed from Kafka",
                        "rows that have not changed since are missing from the lake until a new Debezium snapshot;"
                                + " nothing to do where the topic is compacted"));
            }
        }
        return found;
    }

    /** @return e.g. {@code 1 topic}, {@code 2 topics} */
    static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** @return the first few of them, and how many there are */
    static String some(List<String> all) {
        int most = 5;
        return String.join(", ", all.subList(0, Math.min(most, all.size())))
                + (all.size() > most ? ", and " + (all.size() - most) + " more" : "");
    }
}
