package io.tributary.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stand-in for S3 (Adobe's S3Mock) with its objects in a temporary directory. It accepts any credentials. */
public final class LocalS3 implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private final WorkDirectory directory = WorkDirectory.create("s3");
    private final int port = FreePort.find();
    private ServerProcess server;

    /** Starts a stand-in on a free port and waits until it answers. */
    public static LocalS3 started() {
        LocalS3 s3 = new LocalS3();
        try {
            s3.start();
        } catch (RuntimeException e) {
            s3.close();
            throw e;
        }
        return s3;
    }

    /** Starts the server; does nothing where it runs. */
    public void start() {
        if (isRunning()) {
            return;
        }
        server = ServerProcess.start(
                "s3mock",
                StackFiles.find("s3mock", "s3mock-*-exec.jar"),
                directory.path(),
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of(
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.httpPort=" + port,
                        "--com.adobe.testing.s3mock.store.root="
                                + directory.path().resolve("objects")));
        server.awaitReady(URI.create(endpoint() + "/"), START_TIMEOUT);
    }

    /** Ends the server. */
    public void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    public boolean isRunning() {
        return server != null && server.isAlive();
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
        return isRunning() ? server.pid() : -1;
    }

    /** Creates a bucket; an existing one is left as it is. */
    public void createBucket(String bucket) {
        URI address = URI.create(endpoint() + "/" + bucket);
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(30))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300 && response.statusCode() != 409) {
                throw new IllegalStateException(
                        "Cannot create the bucket " + address + ": " + response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the bucket " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating the bucket " + address, e);
        }
    }

    /** @return what Hadoop's S3A file system needs to use this server, e.g. {@code fs.s3a.endpoint} */
    public Map<String, String> s3aSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fs.s3a.endpoint", endpoint());
        settings.put("fs.s3a.endpoint.region", "us-east-1");
        settings.put("fs.s3a.path.style.access", "true");
        settings.put("fs.s3a.connection.ssl.enabled", "false");
        settings.put("fs.s3a.access.key", "local");
        settings.put("fs.s3a.secret.key", "local-secret");
        settings.put("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        settings.put("fs.s3a.change.detection.mode", "none");
        // Hadoop's own is 200 s: an answer that is lost is to be asked for again while somebody still waits for it.
        settings.put("fs.s3a.connection.timeout", "20000");
        return settings;
    }

    /** @return {@link #s3aSettings()} as settings of the job, e.g. {@code Lake.hadoop.fs.s3a.endpoint} */
    public Map<String, String> hadoopOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        s3aSettings().forEach((key, value) -> options.put("Lake.hadoop." + key, value));
        return options;
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }
}
