package io.tributary.local.stack;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.kinesis.shaded.com.amazonaws.auth.AWSStaticCredentialsProvider;
import org.apache.flink.kinesis.shaded.com.amazonaws.auth.BasicAWSCredentials;
import org.apache.flink.kinesis.shaded.com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.AmazonKinesis;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsRequest;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ListShardsRequest;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.StreamDescriptionSummary;

/** Kinesis Data Streams on this machine: the npm package {@code kinesis-local} in a process of its own, data in memory. */
public final class LocalKinesis implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ACTIVE_TIMEOUT = Duration.ofSeconds(30);
    private static final long POLL_NANOS = 20_000_000;
    private static final String REGION = "us-east-1";
    private static final String ACCESS_KEY = "local";
    private static final String SECRET_KEY = "local-secret";
    /** What takes half a second there unless told otherwise. */
    private static final List<String> DURATIONS = List.of(
            "CREATE_STREAM_DURATION",
            "DELETE_STREAM_DURATION",
            "REGISTER_STREAM_CONSUMER_DURATION",
            "DEREGISTER_STREAM_CONSUMER_DURATION",
            "SPLIT_SHARD_DURATION",
            "MERGE_SHARDS_DURATION");

    private final WorkDirectory directory = WorkDirectory.create("kinesis");
    private final int port = FreePort.find();
    private ServerProcess server;
    private AmazonKinesis client;

    /** @return what this machine lacks to run it, for people; empty where nothing is missing */
    public static Optional<String> missing() {
        return KinesisPackage.missing();
    }

    /**
     * Starts it on a free port and waits until it answers.
     *
     * @throws IllegalStateException where {@link #missing()} says so
     */
    public static LocalKinesis started() {
        missing().ifPresent(what -> {
            throw new IllegalStateException(what);
        });
        KinesisPackage.install();
        LocalKinesis kinesis = new LocalKinesis();
        try {
            kinesis.start();
        } catch (RuntimeException e) {
            kinesis.close();
            throw e;
        }
        return kinesis;
    }

    private void start() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KINESIS_MOCK_PLAIN_PORT", Integer.toString(port));
        environment.put("KINESIS_MOCK_TLS_PORT", Integer.toString(FreePort.find()));
        environment.put(
                "KINESIS_MOCK_CERT_PATH",
                KinesisPackage.server().resolve("server.json").toString());
        environment.put("AWS_REGION", REGION);
        DURATIONS.forEach(name -> environment.put(name, "50ms"));
        server = ServerProcess.start(
                "kinesis",
                List.of(
                        "node",
                        "--max-old-space-size=512",
                        "--require",
                        KinesisPackage.guard().toString(),
                        KinesisPackage.server().resolve("main.js").toString()),
                directory.path(),
                environment);
        server.awaitReady(URI.create(endpoint() + "/healthcheck"), START_TIMEOUT);
        client = AmazonKinesisClientBuilder.standard()
                .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials(ACCESS_KEY, SECRET_KEY)))
                .withEndpointConfiguration(new EndpointConfiguration(endpoint(), REGION))
                .build();
    }

    /** @return the address, e.g. {@code http://127.0.0.1:21234} */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** @return the process's id; -1 where it does not run */
    public long pid() {
        return server != null && server.isAlive() ? server.pid() : -1;
    }

    /** @return a client, which belongs to this object */
    public AmazonKinesis client() {
        return client;
    }

    /** Creates a stream and waits until it takes records. @return its ARN */
    public String createStream(String name, int shards) {
        client.createStream(name, shards);
        return awaitActive(name).getStreamARN();
    }

    /** @return the shards that take records, by their hash keys */
    public List<Shard> openShards(String stream) {
        return client.listShards(new ListShardsRequest().withStreamName(stream)).getShards().stream()
                .filter(shard -> shard.getSequenceNumberRange().getEndingSequenceNumber() == null)
                .sorted((left, right) -> ShardKeys.first(left).compareTo(ShardKeys.first(right)))
                .toList();
    }

    /** Splits an open shard in the middle of its hash keys, and waits until that is done. */
    public void split(String stream, Shard shard) {
        client.splitShard(stream, shard.getShardId(), ShardKeys.middle(shard).toString());
        awaitActive(stream);
    }

    /** Makes one shard of two open ones whose hash keys adjoin, and waits until that is done. */
    public void merge(String stream, Shard one, Shard next) {
        client.mergeShards(stream, one.getShardId(), next.getShardId());
        awaitActive(stream);
    }

    /** @return all records of the stream: of each shard in their order, parents before their children */
    public List<Record> records(String stream) {
        List<Record> records = new ArrayList<>();
        for (Shard shard : client.listShards(new ListShardsRequest().withStreamName(stream))
                .getShards()) {
            String iterator = client.getShardIterator(stream, shard.getShardId(), "TRIM_HORIZON")
                    .getShardIterator();
            while (iterator != null) {
                GetRecordsResult result = client.getRecords(new GetRecordsRequest().withShardIterator(iterator));
                records.addAll(result.getRecords());
                boolean end = result.getRecords().isEmpty() && result.getMillisBehindLatest() == 0;
                iterator = end ? null : result.getNextShardIterator();
            }
        }
        return records;
    }

    private StreamDescriptionSummary awaitActive(String stream) {
        long deadline = System.nanoTime() + ACTIVE_TIMEOUT.toNanos();
        while (true) {
            StreamDescriptionSummary summary = client.describeStreamSummary(
                            new DescribeStreamSummaryRequest().withStreamName(stream))
                    .getStreamDescriptionSummary();
            if ("ACTIVE".equals(summary.getStreamStatus())) {
                return summary;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Stream " + stream + " at " + endpoint() + " is still "
                        + summary.getStreamStatus() + " after " + ACTIVE_TIMEOUT.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** @return what the job needs to use this server, e.g. {@code Source.endpoint} */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("Source.endpoint", endpoint());
        settings.put("Source.kinesis.aws.credentials.provider", "BASIC");
        settings.put("Source.kinesis.aws.credentials.provider.basic.accesskeyid", ACCESS_KEY);
        settings.put("Source.kinesis.aws.credentials.provider.basic.secretkey", SECRET_KEY);
        return settings;
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdown();
        }
        if (server != null) {
            server.stop();
            server = null;
        }
        directory.close();
    }
}
