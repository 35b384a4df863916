package io.tributary.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Group {@code SchemaRegistry}: where the schemas of keys and values are, and how their ids are written in a record. */
public final class RegistryOptions {
    /** The property group of these options. */
    public static final String GROUP = "SchemaRegistry";

    /** Whose interface the registry speaks. */
    public enum Type {
        APICURIO("apicurio"),
        CONFLUENT("confluent"),
        GLUE("glue");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How a record carries the id of its schema. */
    public enum WireFormat {
        AUTO("auto"),
        CONFLUENT("confluent"),
        APICURIO("apicurio"),
        APICURIO_HEADERS("apicurio-headers"),
        GLUE("glue");

        private final String text;

        WireFormat(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Which of Apicurio's two numbers an id is. */
    public enum IdKind {
        AUTO("auto"),
        GLOBAL("global"),
        CONTENT("content");

        private final String text;

        IdKind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static final ConfigOption<Type> TYPE = ConfigOptions.key("type")
            .enumType(Type.class)
            .defaultValue(Type.APICURIO)
            .withDescription(
                    "`apicurio`: Apicurio's core API, version 2, the only one that knows both of Apicurio's ids;"
                            + " `confluent`: the Confluent API, which many registries speak (also Apicurio's `/apis/ccompat/v7`);"
                            + " `glue`: AWS Glue Schema Registry.");

    public static final ConfigOption<String> URL = ConfigOptions.key("url")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Address of the registry, `http://` or `https://`, without credentials in it. For"
                            + " `apicurio` the path `/apis/registry/v2` is added where there is none. Needed unless `type` is `glue`.");

    public static final ConfigOption<String> GROUP_ID = ConfigOptions.key("group")
            .stringType()
            .defaultValue("default")
            .withDescription("Apicurio's group of the topics' artifacts.");

    public static final ConfigOption<String> USERNAME = ConfigOptions.key("username")
            .stringType()
            .noDefaultValue()
            .withDescription("User for HTTP basic authentication, with `password`.");

    @Secret
    public static final ConfigOption<String> PASSWORD = ConfigOptions.key("password")
            .stringType()
            .noDefaultValue()
            .withDescription("Password for HTTP basic authentication.");

    @Secret
    public static final ConfigOption<String> TOKEN = ConfigOptions.key("token")
            .stringType()
            .noDefaultValue()
            .withDescription("Bearer token, in place of `username` and `password`.");

    public static final ConfigOption<String> TRUSTSTORE_PATH = ConfigOptions.key("tls.truststore.path")
            .stringType()
            .noDefaultValue()
            .withDescription("File with the certificates to trust for `https://`, PKCS12 or JKS. Default: those of the"
                    + " JVM. Host names are always verified.");

    @Secret
    public static final ConfigOption<String> TRUSTSTORE_PASSWORD = ConfigOptions.key("tls.truststore.password")
            .stringType()
            .noDefaultValue()
            .withDescription("Password of the truststore.");

    @Range(min = 1)
    public static final ConfigOption<Duration> TIMEOUT = ConfigOptions.key("timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("Time for one request, from connecting to the last byte of the answer.");

    @Range(min = 1)
    public static final ConfigOption<Integer> RETRY_ATTEMPTS = ConfigOptions.key("retry.attempts")
            .intType()
            .defaultValue(10)
            .withDescription("How often a request is sent before the job fails and restarts. A request is repeated when"
                    + " the registry cannot be reached, is too slow, or answers 408, 429 or 5xx.");

    public static final ConfigOption<Duration> RETRY_DELAY = ConfigOptions.key("retry.delay")
            .durationType()
            .defaultValue(Duration.ofMillis(200))
            .withDescription("Longest pause before the first repetition; it doubles with each one. The pause itself is"
                    + " drawn at random between half of it and all of it.");

    public static final ConfigOption<Duration> RETRY_MAX_DELAY = ConfigOptions.key("retry.max.delay")
            .durationType()
            .defaultValue(Duration.ofSeconds(20))
            .withDescription("Longest pause before any repetition, also where the registry asks for a longer one.");

    @Range(min = 1)
    public static final ConfigOption<Integer> CACHE_SIZE = ConfigOptions.key("cache.size")
            .intType()
            .defaultValue(5_000)
            .withDescription("Schemas, and as many topics, that each subtask remembers.");

    public static final ConfigOption<Duration> CACHE_MISSING_TTL = ConfigOptions.key("cache.missing.ttl")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription(
                    "How long an id that the registry does not know is not asked for again. After that a schema"
                            + " that was registered late is found.");

    public static final ConfigOption<WireFormat> WIRE_FORMAT = ConfigOptions.key("wire.format")
            .enumType(WireFormat.class)
            .defaultValue(WireFormat.AUTO)
            .withDescription(
                    "`confluent`: `00`, 4-byte id; `apicurio`: `00`, 8-byte id; `apicurio-headers`: bare Avro, id"
                            + " in the Kafka headers `apicurio.value.globalId` or `.contentId`; `glue`: `03`, compression byte,"
                            + " 16-byte UUID; `auto`: told from each record's headers and bytes.");

    public static final ConfigOption<IdKind> ID_KIND = ConfigOptions.key("id.kind")
            .enumType(IdKind.class)
            .defaultValue(IdKind.AUTO)
            .withDescription("What an id in a record's bytes is: `global` (globalId), `content` (contentId), or `auto`:"
                    + " the one that is registered for the topic. In headers the name says it.");

    public static final ConfigOption<MemorySize> MAX_INFLATED = ConfigOptions.key("inflate.limit")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(64))
            .withDescription("Largest size of one zlib-compressed Glue payload after inflating. Larger ones become dead"
                    + " letters.");

    public static final ConfigOption<String> AWS_REGION = ConfigOptions.key("aws.region")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Region of the Glue Schema Registry. Needed for `type` `glue`; beside another type it makes"
                            + " Glue records readable too. Credentials come from the default AWS chain.");

    public static final ConfigOption<String> ENDPOINT = ConfigOptions.key("endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription("Address of Glue in place of the region's own, e.g. a VPC endpoint.");

    private RegistryOptions() {}
}
