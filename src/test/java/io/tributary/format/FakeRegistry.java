package io.tributary.format;

import io.tributary.local.recording.RecordedSchema;
import io.tributary.local.recording.Recording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A registry in memory that answers as Apicurio, the Confluent API or Glue would, and counts what it is asked. */
final class FakeRegistry implements RegistryClient {
    final List<String> asked = new ArrayList<>();
    boolean down;

    private final Set<SchemaId.Kind> kinds;
    private final Map<SchemaId, RegisteredSchema> schemas = new HashMap<>();
    private final Map<SchemaId, List<String>> references = new HashMap<>();
    private final Map<String, Set<SchemaId>> subjects = new HashMap<>();

    private FakeRegistry(Set<SchemaId.Kind> kinds) {
        this.kinds = kinds;
    }

    static FakeRegistry apicurio() {
        return new FakeRegistry(EnumSet.of(SchemaId.Kind.GLOBAL, SchemaId.Kind.CONTENT));
    }

    static FakeRegistry confluent() {
        return new FakeRegistry(EnumSet.of(SchemaId.Kind.CONFLUENT));
    }

    static FakeRegistry glue() {
        return new FakeRegistry(EnumSet.of(SchemaId.Kind.GLUE));
    }

    static FakeRegistry of(Recording recording) {
        FakeRegistry registry = apicurio();
        for (RecordedSchema schema : recording.schemas()) {
            registry.add(schema.artifactId(), schema.globalId(), schema.contentId(), schema.schema());
        }
        return registry;
    }

    FakeRegistry add(String subject, long globalId, long contentId, String text) {
        return add(subject, SchemaId.of(SchemaId.Kind.GLOBAL, globalId), new RegisteredSchema(null, text))
                .add(subject, SchemaId.of(SchemaId.Kind.CONTENT, contentId), new RegisteredSchema(null, text));
    }

    /** @param subject null for a schema that is under none */
    FakeRegistry add(String subject, SchemaId id, RegisteredSchema schema) {
        schemas.put(id, schema);
        if (subject != null) {
            subjects.computeIfAbsent(subject, ignored -> new HashSet<>()).add(id);
        }
        return this;
    }

    FakeRegistry addReferences(SchemaId id, List<String> texts) {
        references.put(id, texts);
        return this;
    }

    @Override
    public Set<SchemaId.Kind> kinds() {
        return kinds;
    }

    @Override
    public Optional<RegisteredSchema> schema(SchemaId id) {
        ask("schema " + id);
        return Optional.ofNullable(schemas.get(id));
    }

    @Override
    public List<String> references(SchemaId id) {
        ask("references " + id);
        return references.getOrDefault(id, List.of());
    }

    @Override
    public Membership membership(String subject, Collection<SchemaId> ids) {
        ask("membership " + subject + " " + ids);
        Set<SchemaId> known = subjects.get(subject);
        if (known == null) {
            return Membership.NO_SUBJECT;
        }
        Set<SchemaId> members = new HashSet<>(ids);
        members.retainAll(known);
        return new Membership(true, members);
    }

    private void ask(String question) {
        if (down) {
            throw new RegistryUnavailableException("down", null);
        }
        asked.add(question);
    }

    @Override
    public void close() {
        asked.add("close");
    }
}
