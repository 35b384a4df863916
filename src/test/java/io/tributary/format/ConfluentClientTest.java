package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.config.RegistryOptions;
import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfluentClientTest {
    private static final SchemaId ID = SchemaId.of(SchemaId.Kind.CONFLUENT, 14);

    private final Map<String, String> bodies =
            new TreeMap<>(Map.of("/api/config", "{\"compatibilityLevel\":\"BACKWARD\"}"));
    private final StubServer server = new StubServer(request -> {
        String body = bodies.get(request.path());
        return body == null ? Reply.of(404) : Reply.ok(body);
    });
    private final RegistryClient client = client();

    private RegistryClient client() {
        Configuration group = new Configuration();
        group.set(RegistryOptions.TYPE, RegistryOptions.Type.CONFLUENT);
        group.set(RegistryOptions.URL, server.url() + "/api/");
        return WireDecoders.client(group);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesTheTextOutOfItsEnvelope() {
        bodies.put("/api/schemas/ids/14", "{\"schema\":\"\\\"int\\\"\"}");
        RegisteredSchema schema = client.schema(ID).orElseThrow();
        assertThat(schema.text()).isEqualTo("\"int\"");
        assertThat(schema.isAvro()).isTrue();
    }

    @Test
    void knowsOtherSchemaLanguages() {
        bodies.put("/api/schemas/ids/14", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}");
        assertThat(client.schema(ID).orElseThrow().isAvro()).isFalse();
    }

    @Test
    void anIdThatIsNotThereIsEmpty() {
        assertThat(client.schema(ID)).isEmpty();
        assertThat(client.schema(SchemaId.of(SchemaId.Kind.CONFLUENT, 1L << 33)))
                .isEmpty();
    }

    @Test
    void tellsWhichIdsAreASubjectsVersions() {
        bodies.put("/api/schemas/ids/14/versions", "[{\"subject\":\"a-value\",\"version\":1}]");
        bodies.put("/api/subjects/b-value/versions", "[1]");
        assertThat(client.membership("a-value", List.of(ID)).holds(ID)).isTrue();
        Membership other = client.membership("b-value", List.of(ID));
        assertThat(other.holds(ID)).isFalse();
        assertThat(other.subjectExists()).isTrue();
        assertThat(client.membership("c-value", List.of(ID)).subjectExists()).isFalse();
    }

    @Test
    void followsReferences() {
        bodies.put(
                "/api/schemas/ids/14",
                "{\"schema\":\"A\",\"references\":[{\"name\":\"n\",\"subject\":\"m\",\"version\":2}]}");
        bodies.put("/api/subjects/m/versions/2", "{\"schema\":\"M\"}");
        assertThat(client.references(ID)).containsExactly("M");
    }

    @Test
    void anAnswerWithoutASchemaIsNonsense() {
        bodies.put("/api/schemas/ids/14", "{}");
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client.schema(ID))
                .withMessageContaining("`schema`");
        bodies.put("/api/schemas/ids/14", "<html>");
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client.schema(ID))
                .withMessageContaining("JSON");
    }
}
