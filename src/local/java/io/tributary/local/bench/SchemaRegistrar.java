package io.tributary.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Registers schemas over Confluent's API
 * (https://docs.confluent.io/platform/current/schema-registry/develop/api.html#post--subjects-(string-%20subject)-versions).
 */
final class SchemaRegistrar {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    /** @param url of the API, without a slash at its end */
    SchemaRegistrar(String url) {
        this.url = url;
    }

    /** @return the schema's id, as a message carries it */
    int register(String subject, String schema) {
        URI address = URI.create(url + "/subjects/" + subject + "/versions");
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(Map.of("schema", schema))))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The registry refused the schema of " + subject + " at " + address
                        + ": " + response.statusCode() + " " + response.body());
            }
            return json.readTree(response.body()).get("id").intValue();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot register a schema at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while registering a schema at " + address, e);
        }
    }
}
