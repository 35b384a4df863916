package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.config.RegistryOptions;
import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import io.tributary.http.StubServer.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRegistrarTest {
    private static final String SCHEMA = "{\"type\":\"string\"}";

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final StubServer server = new StubServer(request -> replies.size() > 1 ? replies.poll() : replies.peek());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theConfluentApiGetsTheSchemaInAnEnvelope() {
        replies.add(Reply.ok("{\"id\":7}"));
        assertThat(register(RegistryOptions.Type.CONFLUENT)).isEqualTo(7);
        Request request = server.requests.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/subjects/a%20topic-value/versions");
        assertThat(request.body()).isEqualTo("{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\"}");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(request.headers().getFirst("Authorization")).startsWith("Basic ");
    }

    @Test
    void apicurioGetsTheSchemaAsItIs() {
        replies.add(Reply.ok("{\"globalId\":9,\"contentId\":7}"));
        assertThat(register(RegistryOptions.Type.APICURIO)).isEqualTo(7);
        Request request = server.requests.get(0);
        assertThat(request.path())
                .isEqualTo("/apis/registry/v2/groups/default/artifacts?ifExists=RETURN_OR_UPDATE&canonical=true");
        assertThat(request.body()).isEqualTo(SCHEMA);
        assertThat(request.headers().getFirst("X-Registry-ArtifactId")).isEqualTo("a topic-value");
        assertThat(request.headers().getFirst("X-Registry-ArtifactType")).isEqualTo("AVRO");
    }

    @Test
    void whatMayPassIsRepeated() {
        replies.addAll(List.of(Reply.of(503), Reply.of(500), Reply.of(429), Reply.ok("{\"id\":7}")));
        assertThat(register(RegistryOptions.Type.CONFLUENT)).isEqualTo(7);
        assertThat(server.requests)
                .hasSize(4)
                .allMatch(request -> request.body().contains("string"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, may register schemas",
        "403, may register schemas",
        "404, SchemaRegistry.url",
        "409, not compatible",
        "422, rule forbids",
        "503, does not answer",
        "301, redirects"
    })
    void aRefusalSaysWhatToDo(int status, String what) {
        replies.add(Reply.of(status));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> register(RegistryOptions.Type.CONFLUENT))
                .withMessageContaining("" + status)
                .withMessageContaining(what)
                .withMessageContaining("/subjects/a%20topic-value/versions");
    }

    @ParameterizedTest
    @CsvSource({"{}", "<html>", "'{\"id\":\"x\"}'", "'{\"id\":4294967296}'", "'{\"id\":0}'"})
    void anAnswerWithoutAnIdIsNonsense(String body) {
        replies.add(Reply.ok(body));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> register(RegistryOptions.Type.CONFLUENT))
                .withMessageContaining("not as one");
    }

    private int register(RegistryOptions.Type type) {
        Configuration group = new Configuration();
        group.set(RegistryOptions.TYPE, type);
        group.set(RegistryOptions.URL, server.url());
        group.set(RegistryOptions.USERNAME, "job");
        group.set(RegistryOptions.PASSWORD, "word");
        group.set(RegistryOptions.RETRY_ATTEMPTS, 4);
        group.set(RegistryOptions.RETRY_DELAY, Duration.ofMillis(1));
        try (SchemaRegistrar registrar = SchemaRegistrar.open(group)) {
            return registrar.register("a topic-value", SCHEMA);
        }
    }
}
