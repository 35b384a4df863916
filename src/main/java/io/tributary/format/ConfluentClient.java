package io.tributary.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Confluent Schema Registry API (docs.confluent.io/platform/current/schema-registry/develop/api.html), which Apicurio
 * serves too, under {@code /apis/ccompat/v7}.
 */
final class ConfluentClient implements RegistryClient {
    static final String PROBE = "/config";

    private final RestApi api;

    ConfluentClient(RestApi api) {
        this.api = api;
    }

    @Override
    public Set<SchemaId.Kind> kinds() {
        return Set.of(SchemaId.Kind.CONFLUENT);
    }

    @Override
    public Optional<RegisteredSchema> schema(SchemaId id) {
        if (id.number() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        String path = path(id);
        return api.json(path).map(body -> {
            JsonNode text = body.path("schema");
            if (!text.isTextual()) {
                throw api.nonsense(path, "the answer has no field `schema`");
            }
            return new RegisteredSchema(body.path("schemaType").asText(null), text.asText());
        });
    }

    @Override
    public List<String> references(SchemaId id) {
        return new References(this::referenced).resolve(list(api.json(path(id))));
    }

    @Override
    public Membership membership(String subject, Collection<SchemaId> ids) {
        Set<SchemaId> members = new HashSet<>();
        for (SchemaId id : ids) {
            if (id.number() <= Integer.MAX_VALUE && subjects(id).contains(subject)) {
                members.add(id);
            }
        }
        boolean exists = !members.isEmpty()
                || api.json("/subjects/" + RestApi.encode(subject) + "/versions")
                        .isPresent();
        return new Membership(exists, members);
    }

    private Set<String> subjects(SchemaId id) {
        Set<String> subjects = new HashSet<>();
        api.json(path(id) + "/versions")
                .ifPresent(list -> list.forEach(
                        version -> subjects.add(version.path("subject").asText())));
        return subjects;
    }

    private Optional<References.Target> referenced(JsonNode reference) {
        String path = "/subjects/" + RestApi.encode(reference.path("subject").asText()) + "/versions/"
                + RestApi.encode(reference.path("version").asText());
        return api.json(path)
                .map(body -> new References.Target(body.path("schema").asText(), () -> list(Optional.of(body))));
    }

    private static Optional<JsonNode> list(Optional<JsonNode> body) {
        return body.map(node -> node.path("references"));
    }

    private static String path(SchemaId id) {
        return "/schemas/ids/" + id.number();
    }

    @Override
    public void close() {
        api.close();
    }
}
