package io.tributary.source;

import io.tributary.config.AuthOptions;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * The security properties of Kafka's clients (consumer, producer, admin) for the group {@code Auth}. Formats: Kafka's
 * documentation, section Security, and the README of aws-msk-iam-auth.
 */
final class KafkaAuth {
    private static final String IAM_MODULE = "software.amazon.msk.auth.iam.IAMLoginModule";
    private static final String IAM_CALLBACK_HANDLER = "software.amazon.msk.auth.iam.IAMClientCallbackHandler";
    private static final String SCRAM_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";

    private final Configuration auth;
    private final Map<String, String> properties = new TreeMap<>();

    private KafkaAuth(Configuration auth) {
        this.auth = auth;
    }

    /** @return the properties, secrets included; none for type {@code none} */
    static Map<String, String> properties(Configuration auth) {
        return new KafkaAuth(auth).forType(auth.get(AuthOptions.TYPE));
    }

    private Map<String, String> forType(AuthOptions.Type type) {
        switch (type) {
            case MSK_IAM:
                sasl("SASL_SSL", "AWS_MSK_IAM", IAM_MODULE + " required" + identity() + ";");
                properties.put(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, IAM_CALLBACK_HANDLER);
                break;
            case SCRAM:
                boolean encrypted = auth.get(AuthOptions.ENCRYPTED);
                sasl(
                        encrypted ? "SASL_SSL" : "SASL_PLAINTEXT",
                        auth.get(AuthOptions.SCRAM_MECHANISM).toString(),
                        SCRAM_MODULE + " required username=" + quoted(auth.get(AuthOptions.USERNAME)) + " password="
                                + quoted(auth.get(AuthOptions.PASSWORD)) + ";");
                if (encrypted) {
                    trustStore();
                }
                break;
            case TLS:
                properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SSL");
                trustStore();
                keyStore();
                break;
            default:
                break;
        }
        return properties;
    }

    private void sasl(String protocol, String mechanism, String jaas) {
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
        properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas);
    }

    private String identity() {
        String profile = auth.get(AuthOptions.PROFILE);
        if (profile != null) {
            return " awsProfileName=" + quoted(profile);
        }
        String arn = auth.get(AuthOptions.ROLE_ARN);
        return arn == null ? "" : " awsRoleArn=" + quoted(arn) + " awsRoleSessionName=\"tributary\"";
    }

    private void trustStore() {
        store(
                AuthOptions.TRUSTSTORE_PATH,
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG);
        put(AuthOptions.TRUSTSTORE_PASSWORD, SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG);
    }

    private void keyStore() {
        store(AuthOptions.KEYSTORE_PATH, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_TYPE_CONFIG);
        put(AuthOptions.KEYSTORE_PASSWORD, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
        put(AuthOptions.KEY_PASSWORD, SslConfigs.SSL_KEY_PASSWORD_CONFIG);
    }

    private void store(ConfigOption<String> path, String location, String type) {
        String file = auth.get(path);
        if (file != null) {
            properties.put(location, file);
            properties.put(type, storeType(file));
        }
    }

    private static String storeType(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".pem")) {
            return "PEM";
        }
        return lower.endsWith(".p12") || lower.endsWith(".pfx") ? "PKCS12" : "JKS";
    }

    private void put(ConfigOption<String> option, String property) {
        String value = auth.get(option);
        if (value != null) {
            properties.put(property, value);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
