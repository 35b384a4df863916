package io.tributary.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A client of Flink's REST API, as far as it is needed to submit a job and to watch it. */
public final class FlinkRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String BOUNDARY = "tributary-upload";

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** @param address without a slash at its end */
    public FlinkRest(URI address) {
        this.address = address;
    }

    /**
     * Uploads a jar and runs its main class on the JobManager.
     *
     * @param savepoint directory of a savepoint or a retained checkpoint to start from; null for a fresh start
     * @return the job's id
     */
    public String run(Path jar, List<String> arguments, int parallelism, String savepoint) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("programArgsList", arguments);
        body.put("parallelism", parallelism);
        if (savepoint != null) {
            body.put("savepointPath", savepoint);
        }
        return post("/jars/" + upload(jar) + "/run", body).get("jobid").asText();
    }

    private String upload(Path jar) {
        try {
            BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofString("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"jarfile\";"
                            + " filename=\"" + jar.getFileName()
                            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n"),
                    BodyPublishers.ofFile(jar),
                    BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
            String stored = send(request("/jars/upload")
                            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                            .POST(body))
                    .get("filename")
                    .asText();
            return stored.substring(stored.lastIndexOf('/') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot upload " + jar + " to " + address, e);
        }
    }

    /** @return the job's state as Flink calls it, e.g. {@code RUNNING} */
    public String state(String job) {
        return get("/jobs/" + job).get("state").asText();
    }

    /** @return whether every task of the job runs */
    public boolean allTasksRun(String job) {
        for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
            if (vertex.get("tasks").get("RUNNING").asInt()
                    != vertex.get("parallelism").asInt()) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param name as a metric's name ends, e.g. {@code .recordsRead}
     * @return the sum of such metrics over all subtasks, as the JobManager last saw them
     *     ({@code metrics.fetcher.update-interval})
     */
    public long metricSum(String job, String name) {
        double sum = 0;
        for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
            String metrics = "/jobs/" + job + "/vertices/" + vertex.get("id").asText() + "/subtasks/metrics";
            for (JsonNode metric : get(metrics)) {
                String id = metric.get("id").asText();
                if (id.endsWith(name)) {
                    for (JsonNode value :
                            get(metrics + "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8))) {
                        sum += value.get("sum").asDouble();
                    }
                }
            }
        }
        return (long) sum;
    }

    /** @return the checkpoint or savepoint that the job was started from or restored last; null where there is none */
    public String restoredFrom(String job) {
        return get("/jobs/" + job + "/checkpoints")
                .at("/latest/restored/external_path")
                .asText(null);
    }

    /** @return when the job began its last restart, milliseconds since the epoch; 0 where there was none */
    public long lastRestart(String job) {
        return get("/jobs/" + job).at("/timestamps/RESTARTING").asLong();
    }

    /**
     * Waits until a checkpoint has completed that was triggered after a time; fails at once where the
     * job ends.
     *
     * @param since milliseconds since the epoch
     */
    public void awaitCheckpoint(String job, long since, Duration timeout) {
        await("a checkpoint of job " + job, timeout, () -> {
            failOnEnd(job, "RUNNING");
            return get("/jobs/" + job + "/checkpoints")
                            .at("/latest/completed/trigger_timestamp")
                            .asLong()
                    > since;
        });
    }

    /** Stops a job with a savepoint. @return the savepoint's directory */
    public String stopWithSavepoint(String job) {
        String trigger = post("/jobs/" + job + "/stop", Map.of("drain", false))
                .get("request-id")
                .asText();
        JsonNode[] answer = new JsonNode[1];
        await("savepoint of job " + job, TIMEOUT, () -> {
            answer[0] = get("/jobs/" + job + "/savepoints/" + trigger);
            return answer[0].get("status").get("id").asText().equals("COMPLETED");
        });
        JsonNode location = answer[0].path("operation").path("location");
        if (location.isMissingNode()) {
            throw new IllegalStateException("Job " + job + " could not be stopped with a savepoint: " + answer[0]);
        }
        return location.asText();
    }

    /** Cancels a job and waits until it has ended. */
    public void cancel(String job) {
        send(request("/jobs/" + job).method("PATCH", BodyPublishers.noBody()));
        awaitState(job, "CANCELED", TIMEOUT);
    }

    /** Waits until so many TaskManagers have registered, and have told of their slots. */
    public void awaitTaskManagers(int count, Duration timeout) {
        await(count + " TaskManagers", timeout, () -> {
            JsonNode overview = get("/overview");
            // A TaskManager is counted before it has told of its slots.
            return overview.get("taskmanagers").asInt() == count
                    && overview.get("slots-total").asInt() >= count;
        });
    }

    /** Waits until every task runs, or the job, being bounded, is finished already. */
    public void awaitTasks(String job, Duration timeout) {
        await("tasks of job " + job, timeout, () -> {
            if (state(job).equals("FINISHED")) {
                return true;
            }
            failOnEnd(job, "RUNNING");
            return allTasksRun(job);
        });
    }

    /** Waits for a state; fails at once where the job ends in another, with the job's failures. */
    public void awaitState(String job, String state, Duration timeout) {
        await("job " + job + " to be " + state, timeout, () -> {
            failOnEnd(job, state);
            return state(job).equals(state);
        });
    }

    private void failOnEnd(String job, String expected) {
        String state = state(job);
        if (!state.equals(expected) && List.of("FAILED", "FINISHED", "CANCELED").contains(state)) {
            throw new IllegalStateException("Job " + job + " is " + state + ", not " + expected + ": " + failures(job));
        }
    }

    /** @return why the job failed, each time */
    public String failures(String job) {
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : get("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries")) {
            text.append(entry.get("stacktrace").asText()).append('\n');
        }
        return text.toString();
    }

    /** @throws IllegalStateException where the answer is an error; with its text */
    public JsonNode get(String path) {
        return send(request(path).GET());
    }

    private JsonNode post(String path, Map<String, Object> body) {
        try {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException("Flink answered " + request.method() + " " + request.uri() + " with "
                        + response.statusCode() + ": " + response.body().replace("\\n", "\n"));
            }
            return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("Flink does not answer " + request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Flink at " + address, e);
        }
    }

    private void await(String what, Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Waited " + timeout.toSeconds() + " s for " + what + " at " + address + " in vain");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for " + what, e);
            }
        }
    }
}
