package io.tributary.local.replay;

import io.tributary.aggregate.AggregateSpec;
import io.tributary.aggregate.Aggregates;
import io.tributary.config.DeadLetterOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.DeadLetterSinks;
import io.tributary.deadletter.Stage;
import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.LakeAddress;
import io.tributary.local.job.HeapPeak;
import io.tributary.local.job.JobSettings;
import io.tributary.local.job.LocalJob;
import io.tributary.local.job.MetricStore;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.metrics.MetricNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** Runs one recording, or dead letters of it, through Kafka, registry and job into a lake, until all is committed. */
public final class Replay {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    /** A broker ends a transaction within milliseconds of its commit. */
    private static final Duration OPEN_TRANSACTIONS = Duration.ofSeconds(30);

    private static final String HADOOP = "Lake.hadoop.";

    private final Recording recording;
    private final String lake;
    private final Map<String, String> settings = new TreeMap<>();
    private final Configuration flink = new Configuration();
    private int parallelism = 2;
    private List<DeadLetter> letters;

    /** @param lake a local directory, or a path of another file system such as {@code s3a://bucket/lake} */
    public Replay(Recording recording, String lake) {
        this.recording = recording;
        this.lake = LakeAddress.of(lake);
    }

    /** Settings of the job by {@code Group.key}, over those that the replay makes itself. */
    public Replay with(Map<String, String> more) {
        settings.putAll(more);
        return this;
    }

    /** Settings of Flink. */
    public Replay withFlink(Configuration more) {
        flink.addAll(more);
        return this;
    }

    /** Dead letters, which are sent in place of the recording's messages; its topics and schemas are there. */
    public Replay letters(List<DeadLetter> due) {
        letters = due;
        return this;
    }

    public Replay parallelism(int tasks) {
        parallelism = tasks;
        return this;
    }

    /**
     * @throws CommandException where the job fails
     * @throws io.tributary.config.ConfigException for settings that are wrong
     */
    public ReplayReport run() {
        CompletableFuture<LocalRegistry> registryStart = CompletableFuture.supplyAsync(LocalRegistry::started);
        try (HeapPeak heap = new HeapPeak();
                LocalKafka kafka = LocalKafka.started();
                LocalRegistry registry = registryStart.join()) {
            registry.importExport(recording.registryExport());
            RecordingLoader loader = new RecordingLoader(recording, kafka);
            TributaryConfig config = config(kafka, registry);
            if (letters == null) {
                loader.loadAll();
            } else {
                send(config);
            }
            List<String> aggregateTopics = aggregateTopics(config);
            aggregateTopics.forEach(topic -> kafka.createTopic(topic, 1, Map.of("cleanup.policy", "compact")));
            DeadLetterFiles deadLetters = deadLetterFiles(config);
            long begin = System.nanoTime();
            try (LocalJob job = LocalJob.start(config, flink, parallelism)) {
                job.awaitFinished(TIMEOUT);
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                Map<String, DeadLetterFiles.Line> added = deadLetters.added();
                return new ReplayReport(
                        balance(job.metrics(), added),
                        took,
                        heap.bytes(),
                        added.values().stream().map(DeadLetterFiles.Line::text).toList(),
                        aggregates(kafka, config, aggregateTopics));
            }
        }
    }

    private void send(TributaryConfig config) {
        new DeadLetterSender(config, null, false)
                .send(letters).stream().findFirst().ifPresent(refused -> {
                    throw new CommandException("The dead letter "
                            + refused.letter().record().coordinates() + " cannot be sent: " + refused.why());
                });
    }

    private TributaryConfig config(LocalKafka kafka, LocalRegistry registry) {
        TributaryConfig config = JobSettings.of(kafka, registry, recording.topics(), lake)
                .set("Source.bounded", "true")
                .set("DeadLetter.max.ratio", "1")
                .setAll(settings)
                .load();
        if (config.group(DeadLetterOptions.GROUP).get(DeadLetterOptions.TYPE) != DeadLetterOptions.Type.DIRECTORY) {
            throw new CommandException("A replay counts the dead letters in a directory: leave out DeadLetter.type");
        }
        return config;
    }

    private DeadLetterFiles deadLetterFiles(TributaryConfig config) {
        org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();
        settings.forEach((key, value) -> {
            if (key.startsWith(HADOOP)) {
                hadoop.set(key.substring(HADOOP.length()), value);
            }
        });
        return new DeadLetterFiles(LakeAddress.of(DeadLetterSinks.directory(config)), hadoop);
    }

    private static List<String> aggregateTopics(TributaryConfig config) {
        List<String> topics = new ArrayList<>();
        config.groups("Aggregate").values().forEach(group -> topics.add(group.getString("output", null)));
        return topics;
    }

    private static List<String> aggregates(LocalKafka kafka, TributaryConfig config, List<String> topics) {
        List<String> lines = new ArrayList<>();
        if (!topics.isEmpty()) {
            Set<String> avro = Aggregates.specs(config).stream()
                    .filter(AggregateSpec::isAvro)
                    .map(AggregateSpec::output)
                    .collect(Collectors.toSet());
            try (AvroText avroText = new AvroText(config);
                    TopicReader reader = new TopicReader(
                            kafka.bootstrapServers(),
                            topics,
                            (topic, value) -> avro.contains(topic)
                                    ? avroText.of(topic, value)
                                    : new String(value, StandardCharsets.UTF_8))) {
                reader.readAll(OPEN_TRANSACTIONS);
                topics.forEach(topic -> lines.addAll(reader.values(topic).values()));
            }
        }
        return lines;
    }

    private Balance balance(MetricStore metrics, Map<String, DeadLetterFiles.Line> added) {
        Map<String, Long> reasons = new TreeMap<>();
        Map<String, Long> before = new TreeMap<>();
        Map<String, Long> after = new TreeMap<>();
        added.values().forEach(line -> {
            Stage stage = line.letter().stage();
            if (stage != Stage.AGGREGATE) {
                String topic = line.letter().record().topic();
                reasons.merge(line.letter().reason().label(), 1L, Long::sum);
                (stage == Stage.LAKE ? after : before).merge(topic, 1L, Long::sum);
            }
        });
        List<Balance.Topic> topics = new ArrayList<>();
        for (String topic : recording.topics()) {
            topics.add(new Balance.Topic(
                    topic,
                    input(topic),
                    sum(metrics.sumsByPrefix(topic, MetricNames.CHANGES)),
                    metrics.sum(topic, MetricNames.APPLIED),
                    before.getOrDefault(topic, 0L),
                    after.getOrDefault(topic, 0L)));
        }
        return new Balance(topics, metrics.sumsByPrefix(MetricNames.SKIPPED), reasons);
    }

    private long input(String topic) {
        return letters == null
                ? recording.messages(topic).size()
                : letters.stream()
                        .filter(letter -> letter.record().topic().equals(topic))
                        .count();
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
