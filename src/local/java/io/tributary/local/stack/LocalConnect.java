package io.tributary.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One distributed worker of Kafka Connect, with Debezium's connectors and Apicurio's converter on its class path. Its
 * state is in topics of the broker: a worker that is started again goes on where the killed one had come to.
 */
public final class LocalConnect implements AutoCloseable {
    private static final String MAIN_CLASS = "org.apache.kafka.connect.cli.ConnectDistributed";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WorkDirectory directory = WorkDirectory.create("connect");
    private final int port = FreePort.find();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String bootstrapServers;
    private final Map<String, String> environment;
    private ServerProcess server;

    private LocalConnect(LocalKafka kafka, Map<String, String> environment) {
        this.bootstrapServers = kafka.bootstrapServers();
        this.environment = environment;
    }

    /**
     * Starts a worker and waits until it answers.
     *
     * @param environment what connectors' settings can refer to as {@code ${env:NAME}}
     */
    public static LocalConnect started(LocalKafka kafka, Map<String, String> environment) {
        LocalConnect connect = new LocalConnect(kafka, environment);
        try {
            connect.start();
        } catch (RuntimeException e) {
            connect.close();
            throw e;
        }
        return connect;
    }

    /** Starts the worker, again after a {@link #kill()}. */
    public void start() {
        try {
            server = ServerProcess.start(
                    "connect",
                    Files.readString(StackFiles.find("connect", "classpath.txt"))
                            .strip(),
                    MAIN_CLASS,
                    directory.path(),
                    environment,
                    List.of(
                            "-Xmx384m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlog4j.configuration=" + logging().toUri()),
                    List.of(worker().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start Kafka Connect in " + directory.path(), e);
        }
        server.awaitReady(URI.create(url() + "/connectors"), START_TIMEOUT);
    }

    /** Kills the worker at once, as {@code kill -9} does. */
    public void kill() {
        server.kill();
    }

    /** @return the address of Connect's API */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Creates a connector, or changes its settings.
     *
     * @param settings a JSON object, as {@code PUT /connectors/NAME/config} takes it
     */
    public void configure(String connector, String settings) {
        send(request("/connectors/" + connector + "/config")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(settings))
                .build());
    }

    /**
     * Waits until a connector and its task run.
     *
     * @throws IllegalStateException where the task fails, with its reason, or does not run in time
     */
    public void awaitRunning(String connector, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isRunning(connector)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Connector " + connector + " does not run after " + timeout.toSeconds()
                        + " s; " + url() + "/connectors/" + connector + "/status tells its state, and this is the end"
                        + " of the worker's log:\n" + server.logTail());
            }
            pause(connector);
        }
    }

    /**
     * @return whether the connector and all of its tasks run
     * @throws IllegalStateException where one has failed, with the reason
     */
    public boolean isRunning(String connector) {
        HttpResponse<String> answer =
                answer(request("/connectors/" + connector + "/status").GET().build());
        if (answer.statusCode() != 200) {
            return false;
        }
        JsonNode status = parse(answer.body());
        boolean running = state(connector, status.path("connector"));
        for (JsonNode task : status.path("tasks")) {
            running &= state(connector, task);
        }
        return running && !status.path("tasks").isEmpty();
    }

    private static boolean state(String connector, JsonNode status) {
        String state = status.path("state").asText();
        if (state.equals("FAILED")) {
            throw new IllegalStateException("Connector " + connector + " has failed: "
                    + status.path("trace").asText().strip());
        }
        return state.equals("RUNNING");
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
        directory.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(CALL_TIMEOUT);
    }

    private void send(HttpRequest request) {
        HttpResponse<String> answer = answer(request);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("Kafka Connect refused " + request.method() + " " + request.uri() + ": "
                    + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka Connect does not answer at " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + request.uri(), e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException("Kafka Connect answered with something that is not JSON", e);
        }
    }

    private static void pause(String connector) {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while connector " + connector + " started", e);
        }
    }

    private Path worker() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "connect");
        settings.put("listeners", url());
        settings.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        for (String storage : List.of("config", "offset", "status")) {
            settings.put(storage + ".storage.topic", "connect-" + storage + "s");
            settings.put(storage + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("offset.flush.interval.ms", "1000");
        settings.put("config.providers", "env");
        settings.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        // A worker that was killed is missed soon, and its connectors are not kept for it.
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "1500");
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        return write("worker.properties", settings);
    }

    private Path logging() throws IOException {
        return write(
                "log4j.properties",
                Map.of(
                        "log4j.rootLogger", "WARN, out",
                        "log4j.appender.out", "org.apache.log4j.ConsoleAppender",
                        "log4j.appender.out.layout", "org.apache.log4j.PatternLayout",
                        "log4j.appender.out.layout.ConversionPattern", "%d{ISO8601} %p %c{1} %m%n"));
    }

    private Path write(String name, Map<String, String> properties) throws IOException {
        StringBuilder text = new StringBuilder();
        properties.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(directory.path().resolve(name), text);
    }
}
