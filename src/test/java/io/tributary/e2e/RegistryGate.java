package io.tributary.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.local.stack.FreePort;
import io.tributary.local.stack.LocalRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;

/**
 * An address of a registry that can be shut. The local registry itself forgets everything when it stops, and says "not
 * found" until it has its schemas again, which a real one does not.
 */
final class RegistryGate implements AutoCloseable {
    private final LocalRegistry registry;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private HttpServer server;

    RegistryGate(LocalRegistry registry) throws IOException {
        this.registry = registry;
        open();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::forward);
        server.start();
    }

    /** From now on connections are refused. */
    @Override
    public void close() {
        server.stop(0);
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(registry.url() + exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (isForwarded(name)) {
                    request.header(name, values.get(0));
                }
            });
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (isForwarded(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isForwarded(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("x-registry") || name.equals("content-type");
    }
}
