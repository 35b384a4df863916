package io.tributary.format;

import com.amazonaws.auth.DefaultAWSCredentialsProviderChain;
import io.tributary.aws.GlueApi;
import io.tributary.config.RegistryOptions;
import io.tributary.config.RegistryOptions.Type;
import io.tributary.http.Backoff;
import io.tributary.http.HttpTransport;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** Makes wire decoders as the group {@code SchemaRegistry} says. */
public final class WireDecoders {
    private WireDecoders() {}

    /**
     * @param registryGroup the group {@code SchemaRegistry}, options of {@link RegistryOptions}; copied
     * @throws io.tributary.config.ConfigException where values are missing or contradict
     */
    public static WireDecoderFactory create(Configuration registryGroup) {
        Configuration group = new Configuration(registryGroup);
        new RegistrySettings(group);
        return () -> open(group);
    }

    private static CloseableWireDecoder open(Configuration group) {
        RegistrySettings settings = new RegistrySettings(group);
        int cacheSize = group.get(RegistryOptions.CACHE_SIZE);
        SchemaStore store = new SchemaStore(
                client(settings, group),
                cacheSize,
                group.get(RegistryOptions.CACHE_MISSING_TTL).toNanos(),
                System::nanoTime);
        return new RegistryWireDecoder(
                store,
                group.get(RegistryOptions.WIRE_FORMAT),
                group.get(RegistryOptions.ID_KIND),
                new GluePayload(settings.inflateLimit()),
                cacheSize);
    }

    static RegistryClient client(Configuration group) {
        return client(new RegistrySettings(group), group);
    }

    private static RegistryClient client(RegistrySettings settings, Configuration group) {
        List<RegistryClient> clients = new ArrayList<>();
        if (settings.type() == Type.APICURIO) {
            clients.add(new ApicurioClient(
                    api(settings, group, ApicurioClient.PROBE), group.get(RegistryOptions.GROUP_ID)));
        } else if (settings.type() == Type.CONFLUENT) {
            clients.add(new ConfluentClient(api(settings, group, ConfluentClient.PROBE)));
        }
        if (settings.hasGlue()) {
            clients.add(new GlueClient(new GlueApi(
                    settings.endpoint(),
                    group.get(RegistryOptions.AWS_REGION),
                    DefaultAWSCredentialsProviderChain.getInstance(),
                    transport(group))));
        }
        return clients.size() == 1 ? clients.get(0) : new RegistryClients(clients);
    }

    static RestApi api(Configuration group, String probe) {
        return api(new RegistrySettings(group), group, probe);
    }

    private static RestApi api(RegistrySettings settings, Configuration group, String probe) {
        return new RestApi(settings.base(), settings.authorization(), transport(group), probe);
    }

    private static HttpTransport transport(Configuration group) {
        Backoff backoff = new Backoff(
                group.get(RegistryOptions.RETRY_ATTEMPTS),
                group.get(RegistryOptions.RETRY_DELAY),
                group.get(RegistryOptions.RETRY_MAX_DELAY));
        return new HttpTransport(
                group.get(RegistryOptions.TIMEOUT),
                backoff,
                TrustStore.load(
                        group.get(RegistryOptions.TRUSTSTORE_PATH), group.get(RegistryOptions.TRUSTSTORE_PASSWORD)));
    }
}
