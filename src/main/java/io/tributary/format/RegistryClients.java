package io.tributary.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Several registries side by side, each asked about its own kinds of ids: a topic's records may come from both. */
final class RegistryClients implements RegistryClient {
    private final List<RegistryClient> clients;
    private final Map<SchemaId.Kind, RegistryClient> byKind = new EnumMap<>(SchemaId.Kind.class);

    RegistryClients(List<RegistryClient> clients) {
        this.clients = List.copyOf(clients);
        clients.forEach(client -> client.kinds().forEach(kind -> byKind.put(kind, client)));
    }

    @Override
    public Set<SchemaId.Kind> kinds() {
        return byKind.isEmpty() ? EnumSet.noneOf(SchemaId.Kind.class) : EnumSet.copyOf(byKind.keySet());
    }

    @Override
    public Optional<RegisteredSchema> schema(SchemaId id) {
        return byKind.get(id.kind()).schema(id);
    }

    @Override
    public List<String> references(SchemaId id) {
        return byKind.get(id.kind()).references(id);
    }

    @Override
    public Membership membership(String subject, Collection<SchemaId> ids) {
        boolean exists = false;
        Set<SchemaId> members = new HashSet<>();
        for (RegistryClient client : clients) {
            List<SchemaId> own = new ArrayList<>(ids);
            own.removeIf(id -> !client.kinds().contains(id.kind()));
            if (!own.isEmpty() || ids.isEmpty()) {
                Membership answer = client.membership(subject, own);
                exists |= answer.subjectExists();
                own.stream().filter(answer::holds).forEach(members::add);
            }
        }
        return new Membership(exists, members);
    }

    @Override
    public void close() {
        clients.forEach(RegistryClient::close);
    }
}
