package io.tributary.local.recording;

import io.tributary.local.stack.LocalKafka;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Produces a recording into a broker: the same topics and partitions, in the recorded order, with the recorded
 * timestamps and headers. It remembers how far it came, so a recording can be produced in pieces.
 */
public final class RecordingLoader {
    private final Recording recording;
    private final LocalKafka kafka;
    private final List<RawRecord> messages;
    private final Map<String, long[]> produced = new HashMap<>();

    /** Creates the recording's topics where they are missing; nothing is produced yet. */
    public RecordingLoader(Recording recording, LocalKafka kafka) {
        this.recording = recording;
        this.kafka = kafka;
        this.messages = inRecordedOrder(recording);
        recording.ends(Moment.FINAL).forEach((topic, ends) -> {
            kafka.createTopic(topic, ends.size());
            produced.put(topic, new long[ends.size()]);
        });
    }

    /**
     * Produces what is missing up to a moment and waits until the broker has it.
     *
     * @return the number of messages that were produced by this call
     */
    public int loadTo(Moment moment) {
        return load(recording.ends(moment));
    }

    /** Produces all that is missing. */
    public int loadAll() {
        return loadTo(Moment.FINAL);
    }

    /**
     * Produces everything once more behind what is there, as a producer does that starts over.
     *
     * @return the number of messages
     */
    public int loadAgain() {
        return produce(messages);
    }

    /** @return the recording's messages over all topics and partitions in the order they were recorded */
    public static List<RawRecord> inRecordedOrder(Recording recording) {
        record Timed(long time, RawRecord message) {}
        List<Timed> all = new ArrayList<>();
        for (String topic : recording.topics()) {
            Map<Integer, Long> latest = new TreeMap<>();
            for (RawRecord message : recording.messages(topic)) {
                // A timestamp may lie before its predecessor's; the order within a partition must hold all the same.
                long time = latest.merge(message.partition(), message.timestamp(), Math::max);
                all.add(new Timed(time, message));
            }
        }
        all.sort(Comparator.comparingLong(Timed::time)
                .thenComparing(timed -> timed.message().topic())
                .thenComparingInt(timed -> timed.message().partition())
                .thenComparingLong(timed -> timed.message().offset()));
        return all.stream().map(Timed::message).toList();
    }

    private int load(Map<String, List<Long>> ends) {
        List<RawRecord> due = new ArrayList<>();
        for (RawRecord message : messages) {
            long[] reached = produced.get(message.topic());
            List<Long> topicEnds = ends.getOrDefault(message.topic(), Collections.nCopies(reached.length, 0L));
            if (message.offset() >= reached[message.partition()]
                    && message.offset() < topicEnds.get(message.partition())) {
                due.add(message);
            }
        }
        int count = produce(due);
        ends.forEach((topic, topicEnds) -> {
            long[] reached = produced.get(topic);
            for (int p = 0; p < reached.length; p++) {
                reached[p] = Math.max(reached[p], topicEnds.get(p));
            }
        });
        return count;
    }

    private int produce(List<RawRecord> due) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(due.size());
        try (Producer<byte[], byte[]> producer = producer(kafka.bootstrapServers())) {
            for (RawRecord message : due) {
                sent.add(producer.send(record(message)));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Cannot produce recording " + recording + " to " + kafka.bootstrapServers(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while producing recording " + recording, e);
        }
        return due.size();
    }

    /** @return a producer of plain bytes that keeps the order of each partition; the caller closes it */
    public static Producer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        16 << 20,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @return the message for a producer, with its partition and timestamp */
    public static ProducerRecord<byte[], byte[]> record(RawRecord message) {
        Headers headers = message.headers();
        RecordHeaders kafkaHeaders = new RecordHeaders();
        for (int i = 0; i < headers.size(); i++) {
            kafkaHeaders.add(headers.name(i), headers.value(i));
        }
        return new ProducerRecord<>(
                message.topic(),
                message.partition(),
                message.timestamp() < 0 ? null : message.timestamp(),
                message.key(),
                message.value(),
                kafkaHeaders);
    }
}
