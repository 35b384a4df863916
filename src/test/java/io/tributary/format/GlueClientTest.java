package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.SdkClientException;
import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicSessionCredentials;
import io.tributary.aws.GlueApi;
import io.tributary.http.Backoff;
import io.tributary.http.HttpTransport;
import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import io.tributary.http.StubServer.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers GetSchemaVersion as AWS documents it. */
class GlueClientTest {
    private static final SchemaId ID = SchemaId.glue(0xb7b4a7f09c964e4aL, 0xa687fb5de9ef0c63L);
    private static final String FOUND = "{\"SchemaVersionId\":\"b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63\","
            + "\"SchemaDefinition\":\"{\\\"type\\\":\\\"int\\\"}\",\"DataFormat\":\"AVRO\","
            + "\"SchemaArn\":\"arn:aws:glue:eu-west-1:123456789012:schema/r/shop.db.sale\",\"VersionNumber\":1,"
            + "\"Status\":\"AVAILABLE\",\"CreatedTime\":\"2026-01-01T00:00:00Z\"}";

    private final StubServer server = new StubServer(request -> Reply.ok(FOUND));

    @AfterEach
    void stop() {
        server.close();
    }

    private GlueClient client() {
        return client(new AWSStaticCredentialsProvider(
                new BasicSessionCredentials("AKIDEXAMPLE", "wJalrXUtnFEMIsecret", "session-token")));
    }

    private GlueClient client(AWSCredentialsProvider credentials) {
        Backoff backoff = new Backoff(3, Duration.ofMillis(1), Duration.ofMillis(10));
        HttpTransport transport = new HttpTransport(Duration.ofSeconds(5), backoff, null);
        return new GlueClient(new GlueApi(URI.create(server.url()), "eu-west-1", credentials, transport));
    }

    private static Reply error(String type) {
        return new Reply(400, "{\"__type\":\"" + type + "\",\"Message\":\"m\"}", null, 0);
    }

    @Test
    void asksForTheVersionByItsIdSigned() {
        RegisteredSchema schema = client().schema(ID).orElseThrow();
        assertThat(schema.text()).isEqualTo("{\"type\":\"int\"}");
        assertThat(schema.isAvro()).isTrue();
        Request request = server.requests.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/");
        assertThat(request.body()).isEqualTo("{\"SchemaVersionId\":\"b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63\"}");
        assertThat(request.headers().getFirst("X-Amz-Target")).isEqualTo("AWSGlue.GetSchemaVersion");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(request.headers().getFirst("X-Amz-Security-Token")).isEqualTo("session-token");
        assertThat(request.headers().getFirst("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/eu-west-1/glue/aws4_request")
                .contains("host;")
                .contains("Signature=");
        assertThat(request.headers().getFirst("Host")).isEqualTo("127.0.0.1:" + server.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"EntityNotFoundException", "InvalidInputException", "com.amazonaws.glue#EntityNotFoundException"
            })
    void aVersionThatIsNotThereIsEmpty(String type) {
        server.answer(request -> error(type));
        assertThat(client().schema(ID)).isEmpty();
    }

    @Test
    void throttlingIsRepeated() {
        Iterator<Reply> replies = List.of(error("ThrottlingException"), Reply.of(500), Reply.ok(FOUND))
                .iterator();
        server.answer(request -> replies.next());
        assertThat(client().schema(ID)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "UnrecognizedClientException", "ExpiredTokenException"})
    void aRefusalStopsTheJobAndShowsNoSecret(String type) {
        server.answer(request -> error(type));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client().schema(ID))
                .withMessageContaining(type)
                .withMessageContaining("glue:GetSchemaVersion")
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("secret").doesNotContain("session-token"));
    }

    @Test
    void anotherLanguageIsTold() {
        server.answer(request -> Reply.ok(FOUND.replace("AVRO", "PROTOBUF")));
        assertThat(client().schema(ID).orElseThrow().isAvro()).isFalse();
    }

    @Test
    void nonsenseIsTold() {
        server.answer(request -> Reply.ok("<html>"));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client().schema(ID))
                .withMessageContaining("without a SchemaDefinition");
    }

    @Test
    void noAnswerSaysThatNoRecordIsLost() {
        server.answer(request -> Reply.of(503));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client().schema(ID))
                .withMessageContaining("The schema registry at " + server.url() + " does not answer")
                .withMessageContaining("No record is lost");
    }

    @Test
    void noCredentialsSaysWhatIsMissing() {
        AWSCredentialsProvider none = new AWSCredentialsProvider() {
            @Override
            public AWSCredentials getCredentials() {
                throw new SdkClientException("none");
            }

            @Override
            public void refresh() {}
        };
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> client(none).schema(ID))
                .withMessageContaining("default chain");
    }
}
