package io.tributary.format;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what a registry said: found schemas for as long as there is room, everything that was not there for a short
 * time, so that a schema that is registered late is found without the registry being asked for every record. One schema
 * instance per id and per text. Not thread-safe.
 */
final class SchemaStore implements AutoCloseable {
    /** Ids above 32 bits occur by misreading only, almost; what is said of one of them holds for all for a while. */
    private static final long WIDE = 0xFFFF_FFFFL;

    private static final Logger LOG = LoggerFactory.getLogger(SchemaStore.class);

    private final RegistryClient client;
    private final long missingNanos;
    private final LongSupplier nanoTime;
    private final Lru<SchemaId, Entry> schemas;
    private final Lru<String, Schema> byText;
    private final Lru<String, Subject> subjects;
    /** Written by one thread, read by others. */
    private volatile long calls;

    /**
     * @param size entries of each of its caches
     * @param missingNanos how long something that was not there is not asked for again
     * @param nanoTime the clock, {@code System::nanoTime}
     */
    SchemaStore(RegistryClient client, int size, long missingNanos, LongSupplier nanoTime) {
        this.client = client;
        this.missingNanos = missingNanos;
        this.nanoTime = nanoTime;
        this.schemas = new Lru<>(size);
        this.byText = new Lru<>(size);
        this.subjects = new Lru<>(size);
    }

    Set<SchemaId.Kind> kinds() {
        return client.kinds();
    }

    /** @return questions to the registry so far; any thread may ask */
    long calls() {
        return calls;
    }

    /** @throws RegistryUnavailableException where the registry does not answer */
    StoredSchema find(SchemaId id) {
        Entry entry = schemas.get(id);
        if (entry == null || !entry.stored.isUsable() && isOver(entry.since)) {
            entry = new Entry(fetch(id), nanoTime.getAsLong());
            schemas.put(id, entry);
            if (entry.stored.isUsable()) {
                LOG.info("Registry: {} is {}", id, entry.stored.schema().getFullName());
            }
        }
        return entry.stored;
    }

    private StoredSchema fetch(SchemaId id) {
        called();
        Optional<RegisteredSchema> answer = client.schema(id);
        if (answer.isEmpty()) {
            return StoredSchema.missing();
        }
        RegisteredSchema registered = answer.get();
        if (!registered.isAvro()) {
            return StoredSchema.unusable("the registry holds a schema of type " + registered.type() + " there");
        }
        Schema known = byText.get(registered.text());
        return known != null ? StoredSchema.of(known) : parse(id, registered.text());
    }

    private StoredSchema parse(SchemaId id, String text) {
        try {
            Schema schema = SchemaParsing.parse(text, List.of());
            byText.put(text, schema);
            return StoredSchema.of(schema);
        } catch (SchemaParsing.UnparsableException e) {
            return parseWithReferences(id, text, e);
        }
    }

    private StoredSchema parseWithReferences(SchemaId id, String text, SchemaParsing.UnparsableException alone) {
        called();
        List<String> references = client.references(id);
        try {
            if (!references.isEmpty()) {
                Schema schema = SchemaParsing.parse(text, references);
                String whole = schema.toString();
                return StoredSchema.of(byText.computeIfAbsent(whole, ignored -> schema));
            }
            return StoredSchema.unusable(alone.getMessage());
        } catch (SchemaParsing.UnparsableException e) {
            return StoredSchema.unusable(e.getMessage());
        }
    }

    /** @throws RegistryUnavailableException where the registry does not answer */
    Membership membership(String subject, Collection<SchemaId> ids) {
        Subject known = subjects.computeIfAbsent(subject, ignored -> new Subject());
        if (!known.answers(ids)) {
            called();
            known.learn(ids, client.membership(subject, ids));
        }
        return new Membership(known.exists, known.membersOf(ids));
    }

    private void called() {
        calls = calls + 1;
    }

    private boolean isOver(long since) {
        return nanoTime.getAsLong() - since >= missingNanos;
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class Entry {
        private final StoredSchema stored;
        private final long since;

        Entry(StoredSchema stored, long since) {
            this.stored = stored;
            this.since = since;
        }
    }

    /** What was said of a subject's ids so far. */
    private final class Subject {
        private final Set<SchemaId> members = new HashSet<>();
        private final Map<SchemaId, Long> absentSince = new Lru<>(1_000);
        private boolean exists;

        boolean answers(Collection<SchemaId> ids) {
            for (SchemaId id : ids) {
                Long since = members.contains(id) ? null : absentSince.get(absenceKey(id, ids));
                if (!members.contains(id) && (since == null || isOver(since))) {
                    return false;
                }
            }
            return true;
        }

        void learn(Collection<SchemaId> ids, Membership answer) {
            exists = answer.subjectExists();
            for (SchemaId id : ids) {
                if (answer.holds(id)) {
                    members.add(id);
                } else {
                    members.remove(id);
                    absentSince.put(absenceKey(id, ids), nanoTime.getAsLong());
                }
            }
        }

        Set<SchemaId> membersOf(Collection<SchemaId> ids) {
            Set<SchemaId> found = new HashSet<>(ids);
            found.retainAll(members);
            return found;
        }

        private SchemaId absenceKey(SchemaId id, Collection<SchemaId> ids) {
            boolean misreading = id.number() > WIDE && ids.stream().anyMatch(other -> other.number() <= WIDE);
            return misreading ? SchemaId.of(id.kind(), Long.MAX_VALUE) : id;
        }
    }
}
