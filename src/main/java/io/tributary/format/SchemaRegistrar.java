package io.tributary.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.config.ConfigException;
import io.tributary.config.RegistryOptions;
import io.tributary.config.RegistryOptions.Type;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * Registers the schemas that the job writes with, in the registry of the group {@code SchemaRegistry}, with the credentials,
 * time limits and repetitions of the clients that read from it. Not thread-safe, but for {@link #close()}.
 */
public final class SchemaRegistrar implements AutoCloseable {
    private static final String CONFLUENT_JSON = "application/vnd.schemaregistry.v1+json";
    private static final String JSON = "application/json";

    private final RestApi api;
    private final boolean apicurio;
    private final String group;

    private SchemaRegistrar(RestApi api, boolean apicurio, String group) {
        this.api = api;
        this.apicurio = apicurio;
        this.group = group;
    }

    /**
     * @param registryGroup options of {@link RegistryOptions}
     * @throws ConfigException where nothing can be registered with these settings
     */
    public static void check(Configuration registryGroup) {
        if (new RegistrySettings(registryGroup).type() == Type.GLUE) {
            throw new ConfigException(
                    "schemas can be registered with SchemaRegistry.type apicurio and confluent, but it is" + " glue.");
        }
    }

    /**
     * @param registryGroup options of {@link RegistryOptions}
     * @throws ConfigException where nothing can be registered with these settings
     */
    public static SchemaRegistrar open(Configuration registryGroup) {
        check(registryGroup);
        boolean apicurio = new RegistrySettings(registryGroup).type() == Type.APICURIO;
        return new SchemaRegistrar(
                WireDecoders.api(registryGroup, apicurio ? ApicurioClient.PROBE : ConfluentClient.PROBE),
                apicurio,
                registryGroup.get(RegistryOptions.GROUP_ID));
    }

    /**
     * Adds the schema to the subject's versions, where it is none of them yet.
     *
     * @param schema Avro, as JSON
     * @return the id for the Confluent wire format; of Apicurio the contentId, by which its Confluent API knows the schema
     * @throws RegistryUnavailableException where the registry does not answer, or refuses the schema
     */
    public int register(String subject, String schema) {
        return apicurio ? withApicurio(subject, schema) : withConfluent(subject, schema);
    }

    private int withConfluent(String subject, String schema) {
        String path = "/subjects/" + RestApi.encode(subject) + "/versions";
        String body =
                JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
        return id(path, api.post(path, body, Map.of("Content-Type", CONFLUENT_JSON)), "id");
    }

    private int withApicurio(String subject, String schema) {
        String path = "/groups/" + RestApi.encode(group) + "/artifacts?ifExists=RETURN_OR_UPDATE&canonical=true";
        Map<String, String> headers =
                Map.of("Content-Type", JSON, "X-Registry-ArtifactType", "AVRO", "X-Registry-ArtifactId", subject);
        return id(path, api.post(path, schema, headers), "contentId");
    }

    private int id(String path, JsonNode answer, String field) {
        if (!answer.path(field).canConvertToInt() || answer.path(field).asInt() < 1) {
            throw api.nonsense(path, "the answer has no `" + field + "` of 32 bits");
        }
        return answer.path(field).asInt();
    }

    /** Ends a wait for the registry, too. */
    @Override
    public void close() {
        api.close();
    }
}
