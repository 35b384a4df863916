package io.tributary.format;

import io.tributary.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates to trust, from a PKCS12 or JKS file. */
final class TrustStore {
    private TrustStore() {}

    /**
     * @param path null for the JVM's own certificates
     * @param password may be null
     * @return null where path is
     */
    static SSLContext load(String path, String password) {
        if (path == null) {
            return null;
        }
        char[] secret = password == null ? null : password.toCharArray();
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            // The default type reads both PKCS12 and JKS.
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(in, secret);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException("group SchemaRegistry, key tls.truststore.path, value \"" + path
                    + "\": it cannot be read as PKCS12 or JKS" + " with the given tls.truststore.password (not shown): "
                    + e.getMessage());
        }
    }
}
