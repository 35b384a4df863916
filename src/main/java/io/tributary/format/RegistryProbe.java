package io.tributary.format;

import io.tributary.config.RegistryOptions;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * Asks a registry before any record does. Calls block, are tried once, and throw {@link RegistryUnavailableException}
 * when the registry does not answer. Not thread-safe.
 */
public final class RegistryProbe implements AutoCloseable {
    private final RegistryClient client;

    private RegistryProbe(RegistryClient client) {
        this.client = client;
    }

    /**
     * @param registryGroup the group {@code SchemaRegistry}; copied
     * @throws io.tributary.config.ConfigException where values are missing or contradict
     */
    public static RegistryProbe of(Configuration registryGroup) {
        Configuration once = new Configuration(registryGroup);
        once.set(RegistryOptions.RETRY_ATTEMPTS, 1);
        return new RegistryProbe(WireDecoders.client(once));
    }

    /** Asks each registry for a schema that none has; what it says to that does not matter. */
    public void requireAnswer() {
        for (SchemaId.Kind kind : client.kinds()) {
            client.schema(kind == SchemaId.Kind.GLUE ? SchemaId.glue(0, 0) : SchemaId.of(kind, 0));
        }
    }

    /** @return whether the registry keeps schemas by the names of topics */
    public boolean knowsSubjects() {
        return client.kinds().stream().anyMatch(kind -> kind != SchemaId.Kind.GLUE);
    }

    /** @param subject e.g. {@code shop.public.sale-value}; Apicurio's artifact id */
    public boolean hasSubject(String subject) {
        return client.membership(subject, List.of()).subjectExists();
    }

    @Override
    public void close() {
        client.close();
    }
}
