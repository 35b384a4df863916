package io.tributary.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Apicurio's core API, version 2 (Apicurio Registry 2.x and 3.x; OpenAPI: {@code /apis/registry/v2}). Where an id belongs is
 * told from the versions of the topic's artifact: {@code /search/artifacts?globalId=} looks at latest versions only.
 */
final class ApicurioClient implements RegistryClient {
    static final String PROBE = "/system/info";
    private static final int PAGE = 500;
    private static final int MAX_VERSIONS = 50_000;

    private final RestApi api;
    private final String group;

    ApicurioClient(RestApi api, String group) {
        this.api = api;
        this.group = group;
    }

    @Override
    public Set<SchemaId.Kind> kinds() {
        return Set.of(SchemaId.Kind.GLOBAL, SchemaId.Kind.CONTENT);
    }

    @Override
    public Optional<RegisteredSchema> schema(SchemaId id) {
        return api.text(path(id)).map(text -> new RegisteredSchema(null, text));
    }

    @Override
    public List<String> references(SchemaId id) {
        return new References(this::referenced).resolve(api.json(path(id) + "/references"));
    }

    @Override
    public Membership membership(String subject, Collection<SchemaId> ids) {
        Set<SchemaId> known = versions(subject);
        if (known.isEmpty()) {
            return Membership.NO_SUBJECT;
        }
        known.retainAll(ids);
        return new Membership(true, known);
    }

    private Set<SchemaId> versions(String subject) {
        Set<SchemaId> found = new HashSet<>();
        for (int offset = 0; offset < MAX_VERSIONS; offset += PAGE) {
            String path = artifact(group, subject) + "/versions?limit=" + PAGE + "&offset=" + offset;
            Optional<JsonNode> page = api.json(path);
            if (page.isEmpty()) {
                break;
            }
            JsonNode list = page.get().path("versions");
            if (!list.isArray()) {
                throw api.nonsense(path, "the answer has no list `versions`");
            }
            for (JsonNode version : list) {
                found.add(SchemaId.of(
                        SchemaId.Kind.GLOBAL, version.path("globalId").asLong()));
                found.add(SchemaId.of(
                        SchemaId.Kind.CONTENT, version.path("contentId").asLong()));
            }
            if (list.size() < PAGE) {
                break;
            }
        }
        return found;
    }

    private Optional<References.Target> referenced(JsonNode reference) {
        String path = artifact(
                        reference.path("groupId").asText("default"),
                        reference.path("artifactId").asText())
                + "/versions/" + RestApi.encode(reference.path("version").asText());
        return api.text(path).map(text -> new References.Target(text, () -> api.json(path + "/references")));
    }

    private static String artifact(String group, String artifact) {
        return "/groups/" + RestApi.encode(group) + "/artifacts/" + RestApi.encode(artifact);
    }

    private static String path(SchemaId id) {
        return (id.kind() == SchemaId.Kind.GLOBAL ? "/ids/globalIds/" : "/ids/contentIds/") + id.number();
    }

    @Override
    public void close() {
        api.close();
    }
}
