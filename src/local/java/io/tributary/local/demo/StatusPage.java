package io.tributary.local.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves the status on a free port of 127.0.0.1: {@code /} is the page, {@code /now} what is inside of it, which the page
 * asks for each second. It takes no input, and answers only who asks for it by this machine's own names.
 */
final class StatusPage implements AutoCloseable {
    private final Supplier<Status> status;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, StatusPage::thread);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(StatusPage::thread);

    private StatusPage(Supplier<Status> status, HttpServer server) {
        this.status = status;
        this.server = server;
    }

    /** Has the watch look once a second, until the page is closed. */
    static StatusPage start(StatusWatch watch) {
        StatusPage page = start(watch::status);
        page.clock.scheduleAtFixedRate(watch::tick, 1, 1, TimeUnit.SECONDS);
        return page;
    }

    /** @param status asked at each request, by several threads */
    static StatusPage start(Supplier<Status> status) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            StatusPage page = new StatusPage(status, server);
            server.setExecutor(page.threads);
            server.createContext("/", page::answer);
            server.start();
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException("The status page gets no port of 127.0.0.1: " + e.getMessage(), e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        clock.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean body = exchange.getRequestMethod().equals("GET");
            if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
                send(exchange, 403, "ask for 127.0.0.1 or localhost", body);
            } else if (!body && !exchange.getRequestMethod().equals("HEAD")) {
                send(exchange, 405, "only GET and HEAD", true);
            } else if (path.equals("/")) {
                send(exchange, 200, StatusHtml.page(status.get()), body);
            } else if (path.equals("/now")) {
                send(exchange, 200, StatusHtml.body(status.get()), body);
            } else {
                send(exchange, 404, "there are / and /now only", body);
            }
        }
    }

    /** A page of elsewhere whose name was made to lead here has its own name in the request. */
    private boolean isLocal(String host) {
        int port = server.getAddress().getPort();
        return host != null && (host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port));
    }

    private static void send(HttpExchange exchange, int status, String text, boolean body) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", (status == 200 ? "text/html" : "text/plain") + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'");
        exchange.sendResponseHeaders(status, body ? bytes.length : -1);
        if (body) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "status-page");
        thread.setDaemon(true);
        return thread;
    }
}
