package io.tributary.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.local.stack.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Stands before an HTTP server (the registry, S3) and makes trouble on demand. Thread-safe. */
public final class FaultyProxy implements AutoCloseable {
    /** Longer than the clients wait. */
    static final long TIMEOUT_MS = 1_500;

    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private final String target;
    private final Random random = new Random(7);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;
    private final AtomicLong troubled = new AtomicLong();
    private volatile Trouble trouble = Trouble.NONE;

    /** What happens to requests. */
    public enum Trouble {
        NONE,
        /** A quarter of the requests is answered 500, half of these after they were carried out. */
        ERRORS,
        /** A quarter is answered 503 SlowDown. */
        SLOW_DOWN,
        /** One in twelve is never answered. */
        TIMEOUTS,
        /** Two thirds of the listings are answered 503 SlowDown. */
        THROTTLED_LISTS,
        /** Each takes long. */
        SLOW,
        /** Each takes 20 ms more. */
        FAR,
        /** Connections are closed at once. */
        DOWN
    }

    public FaultyProxy(String target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The proxy before " + target + " does not start", e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void make(Trouble next) {
        trouble = next;
    }

    /** @return how many requests met trouble so far */
    long troubled() {
        return troubled.get();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Trouble now = trouble;
            if (!strikes(now, exchange)) {
                answer(exchange, forward(exchange, body));
                return;
            }
            troubled.incrementAndGet();
            switch (now) {
                case ERRORS -> {
                    if (random.nextBoolean()) {
                        forward(exchange, body);
                    }
                    refuse(exchange, 500, "InternalError");
                }
                case SLOW_DOWN, THROTTLED_LISTS -> refuse(exchange, 503, "SlowDown");
                case SLOW -> {
                    pause(20 + random.nextInt(60));
                    answer(exchange, forward(exchange, body));
                }
                case FAR -> {
                    pause(20);
                    answer(exchange, forward(exchange, body));
                }
                case TIMEOUTS -> pause(2 * TIMEOUT_MS);
                default -> {
                    // closed without an answer
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean strikes(Trouble now, HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return switch (now) {
            case NONE -> false;
            case ERRORS, SLOW_DOWN -> random.nextInt(4) == 0;
            case TIMEOUTS -> random.nextInt(12) == 0;
            case THROTTLED_LISTS -> query != null && query.contains("list-type") && random.nextInt(3) > 0;
            case SLOW, FAR, DOWN -> true;
        };
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        answer.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(java.util.Locale.ROOT);
            if (!lower.startsWith(":") && (head || !NOT_FORWARDED.contains(lower)) && !lower.equals("connection")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + code
                        + "</Message><RequestId>1</RequestId></Error>")
                .getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
