package io.tributary.format;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The questions that are asked of a schema registry. Calls block, repeat by themselves what may pass, and throw
 * {@link RegistryUnavailableException} when the registry does not answer; they keep no schemas. Not thread-safe, but for
 * {@link #close()}, which also ends a pause between two attempts.
 */
interface RegistryClient extends AutoCloseable {
    /** @return the id spaces this registry can be asked about */
    Set<SchemaId.Kind> kinds();

    /** @return the schema; empty where the registry has none of that id */
    Optional<RegisteredSchema> schema(SchemaId id);

    /** @return the texts of the schemas that this one refers to by name, each after those it refers to itself; mostly empty */
    List<String> references(SchemaId id);

    /** @param ids all of kinds that this registry knows */
    Membership membership(String subject, Collection<SchemaId> ids);

    @Override
    void close();
}
