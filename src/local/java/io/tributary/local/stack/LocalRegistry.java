package io.tributary.local.stack;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The Apicurio registry with its storage in memory. A stop loses the storage; the next start on this object imports
 * again what was imported before, so that the ids stay.
 */
public final class LocalRegistry implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private final WorkDirectory directory = WorkDirectory.create("registry");
    private final int port = FreePort.find();
    private final List<Path> imported = new ArrayList<>();
    private ServerProcess server;

    /** Starts a registry on a free port and waits until it answers. */
    public static LocalRegistry started() {
        LocalRegistry registry = new LocalRegistry();
        try {
            registry.start();
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
        return registry;
    }

    /** Starts the server, again after a {@link #stop()} on the same port; does nothing where it runs. */
    public void start() {
        if (isRunning()) {
            return;
        }
        server = ServerProcess.start(
                "registry",
                StackFiles.find("apicurio", "apicurio-registry-app-*-runner.jar"),
                directory.path(),
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port),
                List.of());
        server.awaitReady(URI.create(coreApi() + "/system/info"), START_TIMEOUT);
        imported.forEach(this::send);
    }

    /** Ends the server; its address stays reserved for the next start. */
    public void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    public boolean isRunning() {
        return server != null && server.isAlive();
    }

    /** @return the address without a path, e.g. {@code http://127.0.0.1:21234} */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** @return the address of Apicurio's own API, version 2 */
    public String coreApi() {
        return url() + "/apis/registry/v2";
    }

    /** @return the address of the API that Confluent clients speak; it answers by contentId */
    public String confluentApi() {
        return url() + "/apis/ccompat/v7";
    }

    public int port() {
        return port;
    }

    /** @return the process's id; -1 where it does not run */
    public long pid() {
        return isRunning() ? server.pid() : -1;
    }

    /** Brings in schemas with their ids, from an export of Apicurio's admin API. */
    public void importExport(Path zip) {
        send(zip);
        imported.add(zip);
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }

    private void send(Path zip) {
        URI address = URI.create(coreApi() + "/admin/import");
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/zip")
                    .timeout(Duration.ofSeconds(60))
                    .POST(HttpRequest.BodyPublishers.ofFile(zip))
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException("The registry at " + address + " refused " + zip + ": "
                        + response.statusCode() + " " + response.body());
            }
        } catch (FileNotFoundException e) {
            throw new IllegalStateException("No registry export at " + zip, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot import " + zip + " at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while importing " + zip + " at " + address, e);
        }
    }
}
