package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.config.ConfigException;
import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireDecodersTest {
    @Test
    void theFactoryTravelsToTheTask() throws Exception {
        String schema = Wire.SALE.toString();
        try (StubServer server = new StubServer(request -> Reply.ok(
                request.path().contains("/versions")
                        ? "{\"versions\":[{\"globalId\":14,\"contentId\":15}]}"
                        : schema))) {
            WireDecoderFactory factory =
                    InstantiationUtil.clone(WireDecoders.create(Configuration.fromMap(Map.of("url", server.url()))));
            try (CloseableWireDecoder decoder = factory.open()) {
                assertThat(server.requests).isEmpty();
                Encoded encoded = decoder.value(Wire.value(Wire.confluent(15, Wire.AVRO)));
                assertThat(Wire.read(encoded).get("id")).isEqualTo(7);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=apicurio | key url: it is missing",
                "type=glue | key aws.region: it is missing",
                "url=ftp://host | key url, value \"ftp://host\": it must be http",
                "url=http://host?x=1 | key url",
                "url=http://me:hunter2@host | has credentials in it",
                "url=http://h o:hunter2@x | no address",
                "url=http://host;username=me | they go together",
                "url=http://host;username=me;password=hunter2;token=hunter2 | both are given",
                "url=http://host;token=hunter2 hunter2 | key token",
                "url=http://host;inflate.limit=4 gb | key inflate.limit"
            })
    void aWrongGroupIsNamedWithoutItsSecrets(String settings, String expected) {
        Map<String, String> map = new HashMap<>();
        for (String setting : settings.split(";")) {
            map.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> WireDecoders.create(Configuration.fromMap(map)))
                .withMessageContaining(expected)
                .withMessageContaining("SchemaRegistry")
                .satisfies(e -> assertThat(e).message().doesNotContain("hunter2"));
    }

    @Test
    void aTruststoreIsLookedForOnTheTask() {
        WireDecoderFactory factory = WireDecoders.create(Configuration.fromMap(Map.of(
                "url", "https://host", "tls.truststore.path", "/nowhere", "tls.truststore.password", "hunter2")));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(factory::open)
                .withMessageContaining("tls.truststore.path")
                .satisfies(e -> assertThat(e).message().doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1, http://h:1/apis/registry/v2",
        "http://h:1/, http://h:1/apis/registry/v2",
        "http://h/base/apis/registry/v2/, http://h/base/apis/registry/v2",
        "https://h/registry, https://h/registry/apis/registry/v2"
    })
    void apicuriosPathIsAddedWhereItIsMissing(String url, String expected) {
        assertThat(new RegistrySettings(Configuration.fromMap(Map.of("url", url))).base())
                .hasToString(expected);
    }
}
