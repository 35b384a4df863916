package io.tributary.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.TributaryConfig;
import io.tributary.local.stack.StackFiles;
import io.tributary.source.KafkaClientProperties;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.util.ChildFirstClassLoader;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The login to Amazon MSK by IAM, from inside the fat jar as a cluster loads it. No network: the signature needs none. */
class MskIamITCase {
    private static final String MECHANISM = "AWS_MSK_IAM";
    private static final String MODULE = "software.amazon.msk.auth.iam.IAMLoginModule";
    private static final String HANDLER = "software.amazon.msk.auth.iam.IAMClientCallbackHandler";
    private static final String BROKER = "b-1.tickit.abc123.c2.kafka.eu-west-1.amazonaws.com";

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void fixCredentials() {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", "not-a-secret");
    }

    @AfterEach
    void restore() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.clearProperty("aws.sharedCredentialsFile");
        Thread.currentThread().setContextClassLoader(before);
        Stream.of(Security.getProviders())
                .filter(provider -> provider.getClass().getName().startsWith("software.amazon.msk"))
                .forEach(provider -> Security.removeProvider(provider.getName()));
    }

    @Test
    void theFirstMessageIsSigned() throws Exception {
        try (URLClassLoader cluster = clusterClasses();
                URLClassLoader job = jobClasses(cluster)) {
            assertSigned(firstMessage(job), "AKIDEXAMPLE");
        }
    }

    @Test
    void aNamedProfileSigns(@TempDir Path directory) throws Exception {
        Path credentials = directory.resolve("credentials");
        Files.writeString(
                credentials, "[reader]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = not-a-secret\n");
        System.setProperty("aws.sharedCredentialsFile", credentials.toString());
        try (URLClassLoader cluster = clusterClasses();
                URLClassLoader job = jobClasses(cluster)) {
            assertSigned(firstMessage(job, Map.of("type", "msk-iam", "profile", "reader")), "AKIDPROFILE");
        }
    }

    @Test
    void aSecondJobOfTheSameProcessSignsWithItsOwnClasses() throws Exception {
        try (URLClassLoader cluster = clusterClasses();
                URLClassLoader first = jobClasses(cluster);
                URLClassLoader second = jobClasses(cluster)) {
            assertSigned(firstMessage(first), "AKIDEXAMPLE");
            assertSigned(firstMessage(second), "AKIDEXAMPLE");
        }
    }

    private static void assertSigned(JsonNode message, String key) {
        assertThat(message.get("version").asText()).isEqualTo("2020_10_22");
        assertThat(message.get("host").asText()).isEqualTo(BROKER);
        assertThat(message.get("user-agent").asText()).startsWith("aws-msk-iam-auth");
        assertThat(message.get("action").asText()).isEqualTo("kafka-cluster:Connect");
        assertThat(message.get("x-amz-algorithm").asText()).isEqualTo("AWS4-HMAC-SHA256");
        assertThat(message.get("x-amz-credential").asText())
                .matches(key + "/\\d{8}/eu-west-1/kafka-cluster/aws4_request");
        assertThat(message.get("x-amz-date").asText()).matches("\\d{8}T\\d{6}Z");
        assertThat(message.get("x-amz-signedheaders").asText()).isEqualTo("host");
        assertThat(message.get("x-amz-expires").asText()).isEqualTo("900");
        assertThat(message.get("x-amz-signature").asText()).matches("[0-9a-f]{64}");
        assertThat(message.has("x-amz-security-token")).isFalse();
    }

    /** As Kafka's client does it: the login module registers the mechanism, the callback handler has the credentials. */
    private static JsonNode firstMessage(ClassLoader job) throws Exception {
        return firstMessage(job, Map.of("type", "msk-iam"));
    }

    /** @param auth the group {@code Auth} of the job's configuration */
    private static JsonNode firstMessage(ClassLoader job, Map<String, String> auth) throws Exception {
        Map<String, ?> login = loginOptions(auth);
        Thread.currentThread().setContextClassLoader(job);
        Class<?> module = Class.forName(MODULE, true, job);
        Class<?> handlerClass = Class.forName(HANDLER, true, job);
        assertThat(module.getClassLoader()).isSameAs(job);
        Object handler = handlerClass.getConstructor().newInstance();
        handlerClass
                .getMethod("configure", Map.class, String.class, List.class)
                .invoke(
                        handler,
                        Map.of(),
                        MECHANISM,
                        List.of(new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, login)));
        SaslClient client = Sasl.createSaslClient(
                new String[] {MECHANISM}, null, "kafka", BROKER, Map.of(), (CallbackHandler) handler);
        assertThat(client.hasInitialResponse()).isTrue();
        return new ObjectMapper().readTree(client.evaluateChallenge(new byte[0]));
    }

    /** @return what the job's Kafka clients give their login module */
    private static Map<String, ?> loginOptions(Map<String, String> auth) {
        Properties client = KafkaClientProperties.client(new TributaryConfig(Map.of(
                "Source", Configuration.fromMap(Map.of("bootstrap.servers", BROKER + ":9098")),
                "Auth", Configuration.fromMap(auth))));
        assertThat(client.getProperty("sasl.jaas.config")).startsWith(MODULE);
        assertThat(client).containsEntry("sasl.client.callback.handler.class", HANDLER);
        return JaasContext.loadClientContext(
                        Map.of("sasl.jaas.config", new Password(client.getProperty("sasl.jaas.config"))))
                .configurationEntries()
                .get(0)
                .getOptions();
    }

    private static URLClassLoader clusterClasses() throws Exception {
        Path lib = StackFiles.find("flink/lib", "flink-core-1*.jar").getParent();
        try (Stream<Path> jars = Files.list(lib)) {
            URL[] urls = jars.map(MskIamITCase::url).toArray(URL[]::new);
            return new URLClassLoader("cluster", urls, ClassLoader.getPlatformClassLoader());
        }
    }

    private static URLClassLoader jobClasses(ClassLoader cluster) {
        return new ChildFirstClassLoader(
                new URL[] {url(FatJar.path())},
                cluster,
                CoreOptions.getParentFirstLoaderPatterns(new Configuration()),
                failure -> {});
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
