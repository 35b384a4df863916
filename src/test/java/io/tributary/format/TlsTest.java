package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate for the name localhost, signed by itself. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void trustsWhatItIsToldToAndVerifiesTheHostName() throws Exception {
        Path keys = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(serving(keys)));
        try (StubServer server = new StubServer(request -> Reply.ok("\"int\""), https)) {
            assertThat(ask("https://localhost:" + server.port(), keys)).isEqualTo("\"int\"");
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .as("the certificate is for another name")
                    .isThrownBy(() -> ask("https://127.0.0.1:" + server.port(), keys));
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .as("the JVM does not trust it")
                    .isThrownBy(() -> ask("https://localhost:" + server.port(), null));
        }
    }

    private static String ask(String url, Path trust) {
        Configuration group = Configuration.fromMap(Map.of("url", url, "retry.attempts", "1"));
        if (trust != null) {
            group.setString("tls.truststore.path", trust.toString());
            group.setString("tls.truststore.password", PASSWORD);
        }
        return WireDecoders.client(group)
                .schema(SchemaId.of(SchemaId.Kind.GLOBAL, 1))
                .orElseThrow()
                .text();
    }

    private static SSLContext serving(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
