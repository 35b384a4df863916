package io.tributary.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;

class KafkaAuthTest {
    @Test
    void noneNeedsNoProperties() {
        assertThat(KafkaAuth.properties(auth(Map.of()))).isEmpty();
    }

    @Test
    void mskIamGoesByTheJobsOwnCredentials() {
        assertThat(KafkaAuth.properties(auth(Map.of("type", "msk-iam"))))
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.mechanism", "AWS_MSK_IAM"),
                        Map.entry("sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;"),
                        Map.entry(
                                "sasl.client.callback.handler.class",
                                "software.amazon.msk.auth.iam.IAMClientCallbackHandler"));
    }

    @Test
    void mskIamAssumesARoleThatIsNamed() {
        Map<String, String> properties =
                KafkaAuth.properties(auth(Map.of("type", "msk-iam", "role.arn", "arn:aws:iam::1:role/reader")));
        assertThat(jaasOptions(properties))
                .containsEntry("awsRoleArn", "arn:aws:iam::1:role/reader")
                .containsEntry("awsRoleSessionName", "tributary");
    }

    @Test
    void mskIamTakesAProfileThatIsNamed() {
        Map<String, String> properties = KafkaAuth.properties(auth(Map.of("type", "msk-iam", "profile", "reader")));
        assertThat(jaasOptions(properties)).containsOnly(Map.entry("awsProfileName", "reader"));
    }

    @Test
    void theClassesOfMskIamAreThere() throws ClassNotFoundException {
        Class.forName("software.amazon.msk.auth.iam.IAMLoginModule");
        Class.forName("software.amazon.msk.auth.iam.IAMClientCallbackHandler");
    }

    @Test
    void scramIsEncryptedUnlessToldOtherwise() {
        assertThat(KafkaAuth.properties(auth(Map.of("type", "scram", "username", "me", "password", "hush"))))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .hasSize(3);
        assertThat(KafkaAuth.properties(auth(Map.of(
                        "type",
                        "scram",
                        "username",
                        "me",
                        "password",
                        "hush",
                        "encrypted",
                        "false",
                        "scram.mechanism",
                        "scram-sha-256"))))
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-256");
    }

    @Test
    void anyPasswordReachesTheLoginModuleAsItIs() {
        String password = "a\"b\\c; d=e'f";
        Map<String, String> properties =
                KafkaAuth.properties(auth(Map.of("type", "scram", "username", "me", "password", password)));
        assertThat(jaasOptions(properties)).containsEntry("username", "me").containsEntry("password", password);
    }

    @Test
    void tlsTrustsTheJvmsCertificatesUnlessToldOtherwise() {
        assertThat(KafkaAuth.properties(auth(Map.of("type", "tls"))))
                .containsOnly(Map.entry("security.protocol", "SSL"));
    }

    @Test
    void tlsTakesItsStoresByTheirEnding() {
        assertThat(KafkaAuth.properties(auth(Map.of(
                        "type", "tls",
                        "truststore.path", "/t.jks",
                        "truststore.password", "one",
                        "keystore.path", "/k.P12",
                        "keystore.password", "two",
                        "key.password", "three"))))
                .containsOnly(
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("ssl.truststore.location", "/t.jks"),
                        Map.entry("ssl.truststore.type", "JKS"),
                        Map.entry("ssl.truststore.password", "one"),
                        Map.entry("ssl.keystore.location", "/k.P12"),
                        Map.entry("ssl.keystore.type", "PKCS12"),
                        Map.entry("ssl.keystore.password", "two"),
                        Map.entry("ssl.key.password", "three"));
        assertThat(KafkaAuth.properties(auth(Map.of("type", "tls", "keystore.path", "/k.pem"))))
                .containsEntry("ssl.keystore.type", "PEM");
    }

    private static Map<String, Object> jaasOptions(Map<String, String> properties) {
        JaasContext context = JaasContext.loadClientContext(
                Map.of("sasl.jaas.config", new Password(properties.get("sasl.jaas.config"))));
        return new TreeMap<>(context.configurationEntries().get(0).getOptions());
    }

    private static Configuration auth(Map<String, String> values) {
        return Configuration.fromMap(values);
    }
}
