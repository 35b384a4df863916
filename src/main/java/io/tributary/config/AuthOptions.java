package io.tributary.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Group {@code Auth}: how every Kafka client of the job proves who it is and how its connection is protected. */
public final class AuthOptions {
    public static final String GROUP = "Auth";

    /** The way to authenticate. */
    public enum Type {
        NONE("none"),
        MSK_IAM("msk-iam"),
        SCRAM("scram"),
        TLS("tls");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** SCRAM's hash function, by the names of SASL. */
    public enum ScramMechanism {
        SHA_256("SCRAM-SHA-256"),
        SHA_512("SCRAM-SHA-512");

        private final String text;

        ScramMechanism(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static final ConfigOption<Type> TYPE = ConfigOptions.key("type")
            .enumType(Type.class)
            .defaultValue(Type.NONE)
            .withDescription(
                    "`none`: plaintext; `msk-iam`: Amazon MSK's IAM access control (port 9098); `scram`: user name and"
                            + " password (MSK: port 9096); `tls`: an encrypted connection, with a client certificate if"
                            + " `keystore.path` is given (MSK: port 9094).");

    public static final ConfigOption<String> ROLE_ARN = ConfigOptions.key("role.arn")
            .stringType()
            .noDefaultValue()
            .withDescription("`msk-iam`: a role to assume. Default: the credentials the job runs with.");

    public static final ConfigOption<String> PROFILE = ConfigOptions.key("profile")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "`msk-iam`: a named profile of the AWS configuration files to take the credentials from, in"
                            + " place of `role.arn`.");

    public static final ConfigOption<String> USERNAME =
            ConfigOptions.key("username").stringType().noDefaultValue().withDescription("`scram`: the user. Needed.");

    @Secret
    public static final ConfigOption<String> PASSWORD = ConfigOptions.key("password")
            .stringType()
            .noDefaultValue()
            .withDescription("`scram`: the user's password. Needed.");

    public static final ConfigOption<ScramMechanism> SCRAM_MECHANISM = ConfigOptions.key("scram.mechanism")
            .enumType(ScramMechanism.class)
            .defaultValue(ScramMechanism.SHA_512)
            .withDescription("`scram`: the mechanism (MSK: `SCRAM-SHA-512`).");

    public static final ConfigOption<Boolean> ENCRYPTED = ConfigOptions.key("encrypted")
            .booleanType()
            .defaultValue(true)
            .withDescription("`scram`: whether the connection is TLS. `false` is for tests.");

    public static final ConfigOption<String> TRUSTSTORE_PATH = ConfigOptions.key("truststore.path")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "`scram`, `tls`: file with the certificates to trust (PKCS12, JKS or PEM by its ending `.p12`, `.pfx`,"
                            + " `.jks`, `.pem`). Default: those of the JVM.");

    @Secret
    public static final ConfigOption<String> TRUSTSTORE_PASSWORD = ConfigOptions.key("truststore.password")
            .stringType()
            .noDefaultValue()
            .withDescription("`scram`, `tls`: the trust store's password.");

    public static final ConfigOption<String> KEYSTORE_PATH = ConfigOptions.key("keystore.path")
            .stringType()
            .noDefaultValue()
            .withDescription("`tls`: file with the client's certificate and private key (endings as above).");

    @Secret
    public static final ConfigOption<String> KEYSTORE_PASSWORD = ConfigOptions.key("keystore.password")
            .stringType()
            .noDefaultValue()
            .withDescription("`tls`: the key store's password. Needed with `keystore.path` unless it is PEM.");

    @Secret
    public static final ConfigOption<String> KEY_PASSWORD = ConfigOptions.key("key.password")
            .stringType()
            .noDefaultValue()
            .withDescription("`tls`: the private key's password, if it has its own.");

    private AuthOptions() {}
}
