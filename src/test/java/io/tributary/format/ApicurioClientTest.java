package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.config.RegistryOptions;
import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApicurioClientTest {
    private static final String API = "/apis/registry/v2";

    private final Map<String, String> bodies = new TreeMap<>(Map.of(API + "/system/info", "{\"name\":\"Apicurio\"}"));
    private final StubServer server = new StubServer(request -> {
        String body = bodies.get(request.path());
        return body == null ? Reply.of(404) : Reply.ok(body);
    });
    private final Configuration group = new Configuration();

    ApicurioClientTest() {
        group.set(RegistryOptions.URL, server.url());
        group.set(RegistryOptions.RETRY_ATTEMPTS, 2);
        group.set(RegistryOptions.RETRY_DELAY, Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RegistryClient client() {
        return WireDecoders.client(group);
    }

    private static SchemaId global(long id) {
        return SchemaId.of(SchemaId.Kind.GLOBAL, id);
    }

    private static SchemaId content(long id) {
        return SchemaId.of(SchemaId.Kind.CONTENT, id);
    }

    @Test
    void asksByEitherId() {
        bodies.put(API + "/ids/globalIds/14", "\"int\"");
        bodies.put(API + "/ids/contentIds/14", "\"long\"");
        assertThat(client().schema(global(14)).orElseThrow().text()).isEqualTo("\"int\"");
        assertThat(client().schema(content(14)).orElseThrow().text()).isEqualTo("\"long\"");
    }

    @Test
    void anIdThatIsNotThereIsEmptyOnceTheServerHasShownThatItIsARegistry() {
        RegistryClient client = client();
        assertThat(client.schema(global(14))).isEmpty();
        assertThat(client.schema(global(15))).isEmpty();
        assertThat(server.paths())
                .containsExactly(API + "/ids/globalIds/14", API + "/system/info", API + "/ids/globalIds/15");
    }

    @Test
    void anAddressThatIsNoRegistryStopsTheJobInPlaceOfMakingDeadLetters() {
        bodies.clear();
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client().schema(global(14)))
                .withMessageContaining("SchemaRegistry.url");
    }

    @Test
    void tellsWhichIdsAreASubjectsVersions() {
        bodies.put(
                API + "/groups/default/artifacts/a%20b%2Fc-value/versions?limit=500&offset=0",
                "{\"count\":2,\"versions\":[{\"globalId\":14,\"contentId\":14},{\"globalId\":17,\"contentId\":19}]}");
        RegistryClient client = client();
        Membership membership = client.membership("a b/c-value", List.of(global(17), content(17), content(19)));
        assertThat(membership.subjectExists()).isTrue();
        assertThat(membership.holds(global(17))).isTrue();
        assertThat(membership.holds(content(17))).isFalse();
        assertThat(membership.holds(content(19))).isTrue();
        assertThat(client.membership("other", List.of(global(1))).subjectExists())
                .isFalse();
    }

    @Test
    void followsReferencesDepthFirstAndOnce() {
        String reference = "[{\"groupId\":null,\"artifactId\":\"%s\",\"version\":\"1\",\"name\":\"%s\"}]";
        bodies.put(API + "/ids/globalIds/14/references", String.format(reference, "b", "b"));
        bodies.put(API + "/groups/default/artifacts/b/versions/1", "B");
        bodies.put(API + "/groups/default/artifacts/b/versions/1/references", String.format(reference, "c", "c"));
        bodies.put(API + "/groups/default/artifacts/c/versions/1", "C");
        bodies.put(API + "/groups/default/artifacts/c/versions/1/references", String.format(reference, "b", "b"));
        assertThat(client().references(global(14))).containsExactly("C", "B");
    }

    @Test
    void sendsBasicCredentials() {
        group.set(RegistryOptions.USERNAME, "reader");
        group.set(RegistryOptions.PASSWORD, "s3cret");
        bodies.put(API + "/ids/globalIds/14", "\"int\"");
        client().schema(global(14));
        String sent = server.requests.get(0).headers().getFirst("Authorization");
        assertThat(new String(Base64.getDecoder().decode(sent.substring("Basic ".length()))))
                .isEqualTo("reader:s3cret");
    }

    @Test
    void sendsABearerToken() {
        group.set(RegistryOptions.TOKEN, "t0ken");
        bodies.put(API + "/ids/globalIds/14", "\"int\"");
        client().schema(global(14));
        assertThat(server.requests.get(0).headers().getFirst("Authorization")).isEqualTo("Bearer t0ken");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 302, 503})
    void refusalsStopTheJobAndShowNoSecret(int status) {
        group.set(RegistryOptions.USERNAME, "reader");
        group.set(RegistryOptions.PASSWORD, "s3cret");
        server.answer(request -> Reply.of(status));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client().schema(global(14)))
                .withMessageContaining(server.url())
                .withMessageContaining("HTTP " + status)
                .satisfies(e -> assertThat(e.toString() + e.getCause())
                        .doesNotContain("s3cret")
                        .doesNotContain("Basic"));
    }

    @Test
    void aListThatIsNoneIsNonsense() {
        bodies.put(API + "/groups/default/artifacts/x/versions?limit=500&offset=0", "[]");
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client().membership("x", List.of(global(1))))
                .withMessageContaining("`versions`");
    }
}
