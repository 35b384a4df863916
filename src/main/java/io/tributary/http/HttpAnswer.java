package io.tributary.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Status and body of a server's answer. The body is foreign: bounded in size, never shown. */
public final class HttpAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final byte[] body;
    private final long retryAfterMillis;

    /** @param retryAfterMillis the pause that the server asks for; 0 where it does not */
    HttpAnswer(int status, byte[] body, long retryAfterMillis) {
        this.status = status;
        this.body = body;
        this.retryAfterMillis = retryAfterMillis;
    }

    public int status() {
        return status;
    }

    public boolean isOk() {
        return status == 200;
    }

    long retryAfterMillis() {
        return retryAfterMillis;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** @throws IOException where the body is no JSON */
    public JsonNode json() throws IOException {
        JsonNode node = JSON.readTree(body);
        if (node == null || node.isMissingNode()) {
            throw new IOException("the answer is empty where JSON is due");
        }
        return node;
    }
}
