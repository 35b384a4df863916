package io.tributary.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.aws.GlueApi;
import io.tributary.aws.GlueException;
import io.tributary.http.UnansweredException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The AWS Glue Schema Registry: GetSchemaVersion (docs.aws.amazon.com/glue/latest/webapi/API_GetSchemaVersion.html). Needs
 * the permission {@code glue:GetSchemaVersion}.
 */
final class GlueClient implements RegistryClient {
    private static final String ACTION = "GetSchemaVersion";
    private static final Set<String> NO_SUCH_SCHEMA = Set.of("EntityNotFoundException", "InvalidInputException");

    private final GlueApi glue;

    GlueClient(GlueApi glue) {
        this.glue = glue;
    }

    @Override
    public Set<SchemaId.Kind> kinds() {
        return Set.of(SchemaId.Kind.GLUE);
    }

    @Override
    public Optional<RegisteredSchema> schema(SchemaId id) {
        try {
            return Optional.of(parse(glue.call(
                    ACTION,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("SchemaVersionId", id.uuid().toString()))));
        } catch (UnansweredException e) {
            throw RegistryUnavailableException.unanswered(e);
        } catch (GlueException e) {
            if (NO_SUCH_SCHEMA.contains(e.code())) {
                return Optional.empty();
            }
            throw new RegistryUnavailableException(
                    e.getMessage()
                            + ". Check the credentials, the permission glue:GetSchemaVersion, SchemaRegistry.aws.region and"
                            + " SchemaRegistry.endpoint.",
                    e);
        }
    }

    private RegisteredSchema parse(JsonNode version) {
        if (version.path("SchemaDefinition").isTextual()) {
            return new RegisteredSchema(
                    version.path("DataFormat").asText(null),
                    version.path("SchemaDefinition").asText());
        }
        // what was answered is not shown
        throw new RegistryUnavailableException(
                "AWS Glue at " + glue.origin() + " answered " + ACTION
                        + " without a SchemaDefinition. Check SchemaRegistry.endpoint.",
                null);
    }

    @Override
    public List<String> references(SchemaId id) {
        return List.of();
    }

    @Override
    public Membership membership(String subject, Collection<SchemaId> ids) {
        return Membership.NO_SUBJECT;
    }

    @Override
    public void close() {
        glue.close();
    }
}
