package io.tributary.format;

import io.tributary.config.RegistryOptions.WireFormat;
import io.tributary.deadletter.Reason;
import io.tributary.format.Reading.Candidate;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides between the readings of one record's bytes, by the strongest evidence there is: the schema is registered under
 * the topic's subject; its name is the topic's; the bytes are exactly one value of it; the topic was beyond doubt before.
 * Where none of these leaves one reading, there is no choice: a wrong schema can give plausible rows.
 */
final class SchemaChoice {
    private final SchemaStore store;
    private final boolean trustSingle;

    /** @param trustSingle whether a reading without rivals needs no more evidence, since the configuration names the kind of id */
    SchemaChoice(SchemaStore store, boolean trustSingle) {
        this.store = store;
        this.trustSingle = trustSingle;
    }

    /** The outcome, and whether it holds for every record of this topic with this id. */
    static final class Chosen {
        private final Candidate candidate;
        private final boolean repeatable;

        private Chosen(Candidate candidate, boolean repeatable) {
            this.candidate = candidate;
            this.repeatable = repeatable;
        }

        Candidate candidate() {
            return candidate;
        }

        boolean isRepeatable() {
            return repeatable;
        }
    }

    /** The only candidate of an id that the record itself names. */
    Candidate exact(RawRecord record, Role role, byte[] bytes, Reading reading) throws UndecodableException {
        return candidates(record, role, bytes, List.of(reading)).get(0);
    }

    /** @param readings at least one */
    Chosen choose(RawRecord record, Role role, byte[] bytes, List<Reading> readings, TopicMemory memory)
            throws UndecodableException {
        if (readings.size() == 1 && trustSingle) {
            return new Chosen(exact(record, role, bytes, readings.get(0)), true);
        }
        String subject = role.subject(record.topic());
        Membership membership = store.membership(
                subject, readings.stream().map(Reading::id).distinct().collect(Collectors.toList()));
        List<Reading> members = readings.stream()
                .filter(reading -> membership.holds(reading.id()))
                .collect(Collectors.toList());
        if (!members.isEmpty()) {
            List<Candidate> pool = distinct(candidates(record, role, bytes, members));
            if (pool.size() == 1 && members.size() == 1) {
                memory.settle(members.get(0));
            }
            return decide(record, role, bytes, pool, memory);
        }
        List<Reading> likely =
                readings.stream().filter(reading -> !reading.isWide()).collect(Collectors.toList());
        List<Candidate> pool = distinct(candidates(record, role, bytes, likely.isEmpty() ? readings : likely));
        List<Candidate> named = pool.stream()
                .filter(candidate -> TopicNaming.belongs(candidate.schema(), record.topic(), role))
                .collect(Collectors.toList());
        if (named.isEmpty() && membership.subjectExists()) {
            throw foreign(record, role, bytes, subject, pool);
        }
        return decide(record, role, bytes, named.isEmpty() ? pool : named, memory);
    }

    private List<Candidate> candidates(RawRecord record, Role role, byte[] bytes, List<Reading> readings)
            throws UndecodableException {
        List<Candidate> found = new ArrayList<>(readings.size());
        String problem = null;
        for (Reading reading : readings) {
            StoredSchema stored = store.find(reading.id());
            if (stored.isUsable()) {
                found.add(new Candidate(reading, stored.schema()));
            } else if (!stored.isMissing()) {
                problem = reading + ": " + stored.problem();
            }
        }
        if (!found.isEmpty()) {
            return found;
        } else if (problem != null) {
            throw Undecodable.of(
                    record,
                    role,
                    bytes,
                    Reason.UNSUPPORTED_SCHEMA,
                    "its schema is no Avro schema; " + problem,
                    "Register an Avro schema, or leave the topic out.");
        }
        if (Appearance.isUtf16(bytes)) {
            throw Undecodable.unknownFormat(record, role, bytes, "it looks like " + Appearance.guess(bytes));
        }
        throw Undecodable.of(
                record,
                role,
                bytes,
                Reason.SCHEMA_NOT_FOUND,
                "the registry has no schema of this id, read as " + list(readings),
                "Check that SchemaRegistry.url is the registry that the connector writes to, restore the schema, and replay"
                        + " the dead letter.");
    }

    private Chosen decide(RawRecord record, Role role, byte[] bytes, List<Candidate> pool, TopicMemory memory)
            throws UndecodableException {
        if (pool.size() == 1) {
            return new Chosen(pool.get(0), true);
        }
        List<Candidate> fitting = pool.stream()
                .filter(candidate -> AvroFit.fits(
                        candidate.schema(), bytes, candidate.reading().offset()))
                .collect(Collectors.toList());
        if (fitting.size() == 1) {
            return new Chosen(fitting.get(0), false);
        }
        List<Candidate> left = fitting.isEmpty() ? pool : fitting;
        for (Candidate candidate : left) {
            if (memory.isSettled(candidate.reading())) {
                return new Chosen(candidate, false);
            }
        }
        if (left.stream().allMatch(SchemaChoice::isApicurio)) {
            for (Candidate candidate : left) {
                if (candidate.reading().id().kind() == SchemaId.Kind.GLOBAL) {
                    return new Chosen(candidate, false);
                }
            }
        }
        throw Undecodable.of(
                record,
                role,
                bytes,
                Reason.UNKNOWN_FORMAT,
                "its schema can be " + list(left) + ", and " + (fitting.isEmpty() ? "none" : "each")
                        + " of them fits the bytes",
                "Set SchemaRegistry.wire.format and SchemaRegistry.id.kind to what the connector's " + role.label()
                        + ".converter writes, and replay the dead letter.");
    }

    /** The 8-byte form is defined with the globalId; a contentId there is a writer's choice. */
    private static boolean isApicurio(Candidate candidate) {
        return candidate.reading().format() == WireFormat.APICURIO;
    }

    private static UndecodableException foreign(
            RawRecord record, Role role, byte[] bytes, String subject, List<Candidate> pool) {
        return Undecodable.of(
                record,
                role,
                bytes,
                Reason.SCHEMA_NOT_FOUND,
                "its schema id is not one of subject " + subject + "; elsewhere in the registry it is " + list(pool),
                "If the writer puts Apicurio's globalId, set SchemaRegistry.type to apicurio; otherwise restore the"
                        + " subject's version, and replay the dead letter.");
    }

    private static List<Candidate> distinct(List<Candidate> candidates) {
        List<Candidate> found = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (found.stream().noneMatch(candidate::isSameAs)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private static String list(List<?> things) {
        return things.stream().map(Object::toString).collect(Collectors.joining(" or "));
    }
}
