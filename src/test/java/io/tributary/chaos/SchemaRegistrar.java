package io.tributary.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.local.stack.LocalRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Registers schemas as a converter does: each as a version of its subject's artifact. */
final class SchemaRegistrar {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalRegistry registry;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Map<Schema, Ids>> known = new HashMap<>();

    /** Apicurio's two numbers of a schema. */
    record Ids(long globalId, long contentId) {}

    SchemaRegistrar(LocalRegistry registry) {
        this.registry = registry;
    }

    Ids register(String subject, Schema schema) {
        return known.computeIfAbsent(subject, name -> new HashMap<>())
                .computeIfAbsent(schema, each -> send(subject, each));
    }

    private Ids send(String subject, Schema schema) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(registry.coreApi() + "/groups/default/artifacts?ifExists=RETURN_OR_UPDATE"))
                .header("X-Registry-ArtifactId", subject)
                .header("X-Registry-ArtifactType", "AVRO")
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(schema.toString()))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The registry refused a schema of " + subject + ": " + answer.body());
            }
            JsonNode ids = JSON.readTree(answer.body());
            return new Ids(ids.get("globalId").asLong(), ids.get("contentId").asLong());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot register a schema of " + subject, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while registering a schema of " + subject, e);
        }
    }
}
