package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import io.tributary.http.StubServer.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the options to decoded records: Glue at an address of its own, alone and beside another registry. */
class GlueRegistryTest {
    private static final UUID VERSION = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");
    private static final String TARGET = "X-Amz-Target";

    private final StubServer server = new StubServer(GlueRegistryTest::answer);

    @BeforeEach
    void fixCredentials() {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretKey", "not-a-secret");
    }

    @AfterEach
    void stop() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretKey");
        server.close();
    }

    private static Reply answer(Request request) {
        String schema = Wire.SALE.toString();
        if (request.headers().containsKey(TARGET)) {
            return Reply.ok("{\"SchemaVersionId\":\"" + VERSION + "\",\"DataFormat\":\"AVRO\",\"Status\":\"AVAILABLE\","
                    + "\"SchemaDefinition\":\"" + schema.replace("\"", "\\\"") + "\"}");
        }
        return Reply.ok(
                request.path().contains("/versions") ? "{\"versions\":[{\"globalId\":14,\"contentId\":15}]}" : schema);
    }

    @Test
    void plainAndCompressedRecordsAskOnceAtTheEndpoint() throws Exception {
        try (CloseableWireDecoder decoder = open(Map.of("type", "glue"))) {
            for (int i = 0; i < 5; i++) {
                isSale(decoder.value(Wire.value(Wire.glue(VERSION, Wire.AVRO))));
                isSale(decoder.value(Wire.value(Wire.glueZlib(VERSION, Wire.AVRO))));
            }
        }
        assertThat(server.requests).singleElement().satisfies(request -> {
            assertThat(request.headers().getFirst(TARGET)).isEqualTo("AWSGlue.GetSchemaVersion");
            assertThat(request.headers().getFirst("Authorization"))
                    .contains("Credential=AKIDEXAMPLE/")
                    .contains("/eu-west-1/glue/aws4_request");
        });
    }

    @Test
    void eachOfTheFormatsInATopicGoesToItsRegistry() throws Exception {
        try (CloseableWireDecoder decoder = open(Map.of("type", "apicurio", "url", server.url()))) {
            for (int i = 0; i < 5; i++) {
                isSale(decoder.value(Wire.value(Wire.glueZlib(VERSION, Wire.AVRO))));
                isSale(decoder.value(Wire.value(Wire.confluent(15, Wire.AVRO))));
                isSale(decoder.value(Wire.value(Wire.apicurio(14, Wire.AVRO))));
            }
        }
        List<Request> ofGlue = server.requests.stream()
                .filter(request -> request.headers().containsKey(TARGET))
                .toList();
        assertThat(ofGlue).hasSize(1);
        assertThat(server.requests).hasSizeGreaterThan(1);
    }

    private CloseableWireDecoder open(Map<String, String> options) throws Exception {
        Map<String, String> all = new HashMap<>(options);
        all.put("aws.region", "eu-west-1");
        all.put("endpoint", server.url());
        return WireDecoders.create(Configuration.fromMap(all)).open();
    }

    private static void isSale(Encoded encoded) throws Exception {
        assertThat(Wire.read(encoded).get("id")).isEqualTo(7);
    }
}
