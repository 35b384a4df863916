package io.tributary.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Answers as Apicurio does, and for ids as Confluent's registry, of one topic's two schemas, whose ids all are {@value #KEY_ID} and
 * {@value #VALUE_ID}: enough for decoding without a registry's process.
 */
final class StubRegistry implements AutoCloseable {
    static final int KEY_ID = 1;
    static final int VALUE_ID = 2;

    private final String keySchema;
    private final String valueSchema;
    private final HttpServer server;

    StubRegistry(String keySchema, String valueSchema) {
        this.keySchema = keySchema;
        this.valueSchema = valueSchema;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No port for the stub of a registry", e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** @return the address without a path */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String body(String path) {
        if (path.endsWith("/versions")) {
            int id = path.contains("-key/") ? KEY_ID : VALUE_ID;
            return "{\"count\":1,\"versions\":[{\"globalId\":" + id + ",\"contentId\":" + id + "}]}";
        }
        if (path.startsWith("/schemas/ids/")) {
            String schema = path.endsWith("/" + KEY_ID) ? keySchema : valueSchema;
            return new ObjectMapper().createObjectNode().put("schema", schema).toString();
        }
        if (path.endsWith("/references")) {
            return "[]";
        }
        return path.endsWith("Ids/" + KEY_ID) ? keySchema : path.endsWith("Ids/" + VALUE_ID) ? valueSchema : "{}";
    }
}
