package io.tributary.local.replay;

import io.tributary.config.DeadLetterOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.local.cli.CommandException;
import io.tributary.local.replay.ResendPlan.Skipped;
import io.tributary.source.Headers;
import io.tributary.source.KafkaClientProperties;
import io.tributary.source.RawRecord;
import io.tributary.source.ReplayHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters into the topics and partitions that they came from: key, value and headers as they were, and
 * {@link ReplayHeader}. Their timestamp is the time of sending, so that the topic's retention counts from then.
 */
final class DeadLetterSender {
    private final Properties properties;
    private final String otherTopic;
    private final boolean compactedToo;

    /**
     * @param config whose groups {@code Source}, {@code Auth} and {@code DeadLetter} say how the brokers are reached
     * @param otherTopic that all letters go to; null for their own
     * @param compactedToo whether letters may go to their own topic where that is compacted: there the older change would
     *     outlive the newer one of its key
     */
    DeadLetterSender(TributaryConfig config, String otherTopic, boolean compactedToo) {
        this.properties = KafkaClientProperties.producer(config, DeadLetterOptions.GROUP);
        this.otherTopic = otherTopic;
        this.compactedToo = compactedToo;
        properties.putIfAbsent(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    }

    /** @return those that could not be sent, with the reason; all others are on every replica when this returns */
    List<Skipped> send(List<DeadLetter> letters) {
        List<Skipped> refused = new ArrayList<>();
        Map<String, Integer> partitions = partitions(letters);
        Map<String, String> compacted = compacted(partitions);
        record Sent(DeadLetter letter, Future<RecordMetadata> answer) {}
        List<Sent> sent = new ArrayList<>(letters.size());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (DeadLetter letter : letters) {
                String topic = topic(letter);
                int known = partitions.get(topic);
                if (known == 0) {
                    refused.add(new Skipped(letter, "there is no topic " + topic));
                } else if (otherTopic == null && letter.record().partition() >= known) {
                    refused.add(new Skipped(letter, "topic " + topic + " has only " + known + " partitions by now"));
                } else if (compacted.containsKey(topic)) {
                    refused.add(new Skipped(letter, compacted.get(topic)));
                } else {
                    sent.add(new Sent(letter, producer.send(message(letter, topic, known))));
                }
            }
            producer.flush();
            for (Sent one : sent) {
                try {
                    one.answer().get();
                } catch (ExecutionException e) {
                    refused.add(new Skipped(
                            one.letter(),
                            "Kafka does not take it: " + e.getCause().getMessage()));
                }
            }
        } catch (KafkaException e) {
            throw new CommandException("No dead letter can be sent to " + brokers(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while sending dead letters to " + brokers(), e);
        }
        return refused;
    }

    private String topic(DeadLetter letter) {
        return otherTopic == null ? letter.record().topic() : otherTopic;
    }

    /** In another topic too the letters of one partition, and so those of a row, stay together and in order. */
    private ProducerRecord<byte[], byte[]> message(DeadLetter letter, String topic, int partitions) {
        RawRecord record = letter.record();
        RecordHeaders headers = new RecordHeaders();
        Headers original = record.headers();
        for (int i = 0; i < original.size(); i++) {
            if (!original.name(i).equals(ReplayHeader.NAME)) {
                headers.add(original.name(i), original.value(i));
            }
        }
        headers.add(ReplayHeader.NAME, ReplayHeader.of(record));
        return new ProducerRecord<>(
                topic, record.partition() % partitions, null, record.key(), record.value(), headers);
    }

    /** @return the number of partitions of each topic; 0 for one that does not exist */
    private Map<String, Integer> partitions(List<DeadLetter> letters) {
        Map<String, Integer> counts = new HashMap<>();
        try (Admin admin = Admin.create(properties)) {
            for (String topic : letters.stream().map(this::topic).distinct().toList()) {
                try {
                    counts.put(
                            topic,
                            admin.describeTopics(List.of(topic))
                                    .topicNameValues()
                                    .get(topic)
                                    .get()
                                    .partitions()
                                    .size());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw new CommandException(
                                "Topic " + topic + " cannot be looked up at " + brokers(), e.getCause());
                    }
                    counts.put(topic, 0);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while looking up topics at " + brokers(), e);
        }
        return counts;
    }

    /** @return why, for each topic that must not be sent to */
    private Map<String, String> compacted(Map<String, Integer> topics) {
        Map<String, String> found = new HashMap<>();
        if (compactedToo || otherTopic != null) {
            return found;
        }
        try (Admin admin = Admin.create(properties)) {
            for (String topic : topics.keySet()) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                try {
                    Config config = admin.describeConfigs(List.of(resource))
                            .values()
                            .get(resource)
                            .get();
                    ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
                    if (policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                        found.put(
                                topic,
                                "topic " + topic + " is compacted, and an older change that is sent again outlives the"
                                        + " newer ones of its key there: send it to another topic that the job reads"
                                        + " (--to), or, if the topic is never read again from its beginning, --compacted");
                    }
                } catch (ExecutionException e) {
                    if (topics.get(topic) > 0) {
                        found.put(
                                topic,
                                "whether topic " + topic + " is compacted cannot be told ("
                                        + e.getCause().getMessage() + "): if it is not, --compacted");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while looking up topics at " + brokers(), e);
        }
        return found;
    }

    private String brokers() {
        return properties.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
    }
}
