package io.tributary.preflight;

import io.tributary.config.NameList;
import io.tributary.config.SourceOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the source reads, as the brokers know them. Immutable. */
final class SourceTopics {
    static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final List<TopicPartition> partitions;
    private final List<String> missing;

    private SourceTopics(List<TopicPartition> partitions, List<String> missing) {
        this.partitions = List.copyOf(partitions);
        this.missing = List.copyOf(missing);
    }

    /** @param source the group {@code Source} */
    static SourceTopics find(Admin admin, Configuration source) throws Exception {
        Collection<String> names;
        if (source.contains(SourceOptions.TOPIC_PATTERN)) {
            Pattern pattern = Pattern.compile(source.get(SourceOptions.TOPIC_PATTERN));
            names = admin.listTopics().names().get().stream()
                    .filter(name -> pattern.matcher(name).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
        } else {
            names = NameList.split(source.get(SourceOptions.TOPICS));
        }
        List<TopicPartition> partitions = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(names).topicNameValues();
        for (String name : names) {
            try {
                for (TopicPartitionInfo partition : described.get(name).get().partitions()) {
                    partitions.add(new TopicPartition(name, partition.partition()));
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException
                        || e.getCause() instanceof TopicAuthorizationException) {
                    missing.add(name);
                } else {
                    throw e;
                }
            }
        }
        return new SourceTopics(partitions, missing);
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    /** @return the topics that are there */
    List<String> names() {
        return partitions.stream().map(TopicPartition::topic).distinct().collect(Collectors.toList());
    }

    /** @return topics that are named in the configuration and are not there, or may not be seen */
    List<String> missing() {
        return missing;
    }
}
