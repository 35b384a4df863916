package io.tributary.format;

import io.tributary.config.RegistryOptions.IdKind;
import io.tributary.config.RegistryOptions.WireFormat;
import io.tributary.deadletter.Reason;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds each record's wire format from its headers and first bytes, and its schema in the registry. A record whose topic has
 * had the same id lately costs a look into the topic's memory and nothing else. For one thread; only {@link #close()} may be
 * called from another.
 *
 * <p>Formats: Confluent (docs.confluent.io, "Wire format"): {@code 00} and a 4-byte id. Apicurio 2
 * ({@code DefaultIdHandler}): {@code 00} and an 8-byte id. Apicurio headers ({@code DefaultHeadersHandler}): bare Avro, the
 * id in headers. Glue: {@code 03}, a compression byte and a UUID.
 */
final class RegistryWireDecoder implements CloseableWireDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWireDecoder.class);

    private final WireFormat setting;
    private final SchemaStore store;
    private final SchemaChoice choice;
    private final Set<SchemaId.Kind> numberKinds;
    private final GluePayload gluePayload;
    private final Lru<String, TopicMemory> topics;
    private String lastTopic;
    private TopicMemory lastMemory;

    /**
     * @param idKind what a number in a record's bytes is, for a registry that has both kinds
     * @param maxTopics topics that are remembered
     */
    RegistryWireDecoder(SchemaStore store, WireFormat setting, IdKind idKind, GluePayload gluePayload, int maxTopics) {
        this.store = store;
        this.setting = setting;
        this.choice = new SchemaChoice(store, idKind != IdKind.AUTO);
        this.numberKinds = numberKinds(store.kinds(), idKind);
        this.gluePayload = gluePayload;
        this.topics = new Lru<>(maxTopics);
    }

    private static Set<SchemaId.Kind> numberKinds(Set<SchemaId.Kind> known, IdKind idKind) {
        Set<SchemaId.Kind> kinds = EnumSet.noneOf(SchemaId.Kind.class);
        kinds.addAll(known);
        kinds.remove(SchemaId.Kind.GLUE);
        if (idKind == IdKind.GLOBAL) {
            kinds.remove(SchemaId.Kind.CONTENT);
        } else if (idKind == IdKind.CONTENT) {
            kinds.remove(SchemaId.Kind.GLOBAL);
        }
        return kinds;
    }

    @Override
    public Encoded key(RawRecord record) throws UndecodableException {
        return decode(record, Role.KEY, record.key());
    }

    @Override
    public Encoded value(RawRecord record) throws UndecodableException {
        return decode(record, Role.VALUE, record.value());
    }

    private Encoded decode(RawRecord record, Role role, byte[] bytes) throws UndecodableException {
        if (bytes.length == 0) {
            throw unknown(record, role, bytes);
        }
        if (record.headers().size() > 0 && (setting == WireFormat.AUTO || setting == WireFormat.APICURIO_HEADERS)) {
            Encoded encoded = byHeaders(record, role, bytes);
            if (encoded != null) {
                return encoded;
            }
        }
        if (bytes[0] == 0 && setting != WireFormat.GLUE && setting != WireFormat.APICURIO_HEADERS) {
            return byNumber(record, role, bytes);
        } else if (bytes[0] == GluePayload.MAGIC && (setting == WireFormat.AUTO || setting == WireFormat.GLUE)) {
            return byUuid(record, role, bytes);
        }
        throw unknown(record, role, bytes);
    }

    /** @return null where no header speaks of a schema */
    private Encoded byHeaders(RawRecord record, Role role, byte[] bytes) throws UndecodableException {
        Headers headers = record.headers();
        byte[] encoding = headers.last(role.encodingHeader());
        SchemaId.Kind kind = SchemaId.Kind.GLOBAL;
        byte[] id = headers.last(role.globalIdHeader());
        if (id == null) {
            kind = SchemaId.Kind.CONTENT;
            id = headers.last(role.contentIdHeader());
        }
        if (id == null && encoding == null) {
            return null;
        }
        if (id == null || id.length != Long.BYTES || isJson(encoding)) {
            throw badHeaders(record, role, bytes, id, encoding);
        }
        long number = BigEndian.readLong(id, 0);
        TopicMemory memory = memory(record.topic());
        TopicMemory.Known known = memory.find(role, WireFormat.APICURIO_HEADERS, kind, 0, number);
        if (known == null) {
            Schema schema = byNamedKind(record, role, bytes, SchemaId.of(kind, number), memory);
            known = new TopicMemory.Known(WireFormat.APICURIO_HEADERS, kind, 0, number, schema);
            memory.remember(role, known);
        }
        return new Encoded(known.schema(), bytes, 0, bytes.length);
    }

    private static boolean isJson(byte[] encoding) {
        return encoding != null
                && encoding.length == 4
                && (encoding[0] | 0x20) == 'j'
                && (encoding[1] | 0x20) == 's'
                && (encoding[2] | 0x20) == 'o'
                && (encoding[3] | 0x20) == 'n';
    }

    private static UndecodableException badHeaders(
            RawRecord record, Role role, byte[] bytes, byte[] id, byte[] encoding) {
        String why;
        if (isJson(encoding)) {
            why = "header " + role.encodingHeader() + " says Avro's JSON encoding, which is not supported";
        } else if (id == null) {
            why = "header " + role.encodingHeader() + " is there, but neither " + role.globalIdHeader() + " nor "
                    + role.contentIdHeader();
        } else {
            why = "the schema id in its Apicurio header has " + id.length + " bytes where it must have 8";
        }
        return Undecodable.unknownFormat(record, role, bytes, why);
    }

    private Encoded byNumber(RawRecord record, Role role, byte[] bytes) throws UndecodableException {
        TopicMemory memory = memory(record.topic());
        if (bytes.length >= Reading.CONFLUENT_PREFIX) {
            TopicMemory.Known known = memory.find(role, WireFormat.CONFLUENT, null, 0, BigEndian.readInt(bytes, 1));
            if (known != null) {
                return rest(known.schema(), bytes, Reading.CONFLUENT_PREFIX);
            }
        }
        if (bytes.length >= Reading.APICURIO_PREFIX) {
            TopicMemory.Known known = memory.find(role, WireFormat.APICURIO, null, 0, BigEndian.readLong(bytes, 1));
            if (known != null) {
                return rest(known.schema(), bytes, Reading.APICURIO_PREFIX);
            }
        }
        List<Reading> readings = Reading.ofZeroMagic(bytes, setting, numberKinds);
        if (readings.isEmpty()) {
            throw numberKinds.isEmpty()
                    ? Undecodable.unknownFormat(
                            record,
                            role,
                            bytes,
                            "it begins like a Confluent or Apicurio record, and SchemaRegistry.type is glue")
                    : unknown(record, role, bytes);
        }
        SchemaChoice.Chosen chosen = choice.choose(record, role, bytes, readings, memory);
        Reading.Candidate candidate = chosen.candidate();
        Reading reading = candidate.reading();
        if (chosen.isRepeatable()) {
            log(record, role, candidate);
            memory.remember(
                    role,
                    new TopicMemory.Known(
                            reading.format(), null, 0, reading.id().number(), candidate.schema()));
        }
        return rest(candidate.schema(), bytes, reading.offset());
    }

    private Encoded byUuid(RawRecord record, Role role, byte[] bytes) throws UndecodableException {
        if (bytes.length < Reading.GLUE_PREFIX || bytes[1] != GluePayload.PLAIN && bytes[1] != GluePayload.ZLIB) {
            throw unknown(record, role, bytes);
        }
        long high = BigEndian.readLong(bytes, 2);
        long low = BigEndian.readLong(bytes, 10);
        TopicMemory memory = memory(record.topic());
        TopicMemory.Known known = memory.find(role, WireFormat.GLUE, null, high, low);
        if (known == null) {
            if (!store.kinds().contains(SchemaId.Kind.GLUE)) {
                throw Undecodable.of(
                        record,
                        role,
                        bytes,
                        Reason.UNKNOWN_FORMAT,
                        "it begins like a Glue record, and no Glue registry is configured",
                        "Set SchemaRegistry.aws.region, and replay the dead letter.");
            }
            Reading reading = new Reading(WireFormat.GLUE, SchemaId.glue(high, low), Reading.GLUE_PREFIX);
            known = new TopicMemory.Known(
                    WireFormat.GLUE, null, high, low, exact(record, role, bytes, reading, memory));
            memory.remember(role, known);
        }
        return bytes[1] == GluePayload.PLAIN
                ? rest(known.schema(), bytes, Reading.GLUE_PREFIX)
                : inflated(record, role, bytes, known.schema());
    }

    private Encoded inflated(RawRecord record, Role role, byte[] bytes, Schema schema) throws UndecodableException {
        try {
            return rest(schema, gluePayload.inflate(bytes, Reading.GLUE_PREFIX), 0);
        } catch (DataFormatException e) {
            throw Undecodable.of(
                    record,
                    role,
                    bytes,
                    Reason.MALFORMED,
                    "its payload is no zlib stream: " + e.getMessage(),
                    "The record was damaged before it came here; look at its producer.");
        } catch (GluePayload.TooLargeException e) {
            throw Undecodable.of(
                    record,
                    role,
                    bytes,
                    Reason.TOO_LARGE,
                    "its payload is larger than SchemaRegistry.inflate.limit once inflated",
                    "Raise SchemaRegistry.inflate.limit, and replay the dead letter.");
        }
    }

    /** The schema of an id whose kind the headers name. The Confluent API has its own kind: there more evidence is needed. */
    private Schema byNamedKind(RawRecord record, Role role, byte[] bytes, SchemaId id, TopicMemory memory)
            throws UndecodableException {
        if (store.kinds().contains(id.kind())) {
            return exact(record, role, bytes, new Reading(WireFormat.APICURIO_HEADERS, id, 0), memory);
        } else if (!store.kinds().contains(SchemaId.Kind.CONFLUENT)) {
            throw Undecodable.unknownFormat(
                    record,
                    role,
                    bytes,
                    "its headers name " + id + " of an Apicurio registry, and SchemaRegistry.type is glue");
        }
        SchemaId asked = SchemaId.of(SchemaId.Kind.CONFLUENT, id.number());
        List<Reading> readings = List.of(new Reading(WireFormat.APICURIO_HEADERS, asked, 0));
        Reading.Candidate found =
                choice.choose(record, role, bytes, readings, memory).candidate();
        log(record, role, found);
        return found.schema();
    }

    /** The schema of an id that can be read in one way only. */
    private Schema exact(RawRecord record, Role role, byte[] bytes, Reading reading, TopicMemory memory)
            throws UndecodableException {
        Reading.Candidate found = choice.exact(record, role, bytes, reading);
        memory.settle(reading);
        log(record, role, found);
        return found.schema();
    }

    private static UndecodableException unknown(RawRecord record, Role role, byte[] bytes) {
        return Undecodable.unknownFormat(
                record,
                role,
                bytes,
                "it is of no wire format that is expected; it looks like " + Appearance.guess(bytes));
    }

    private static void log(RawRecord record, Role role, Reading.Candidate candidate) {
        LOG.debug("Topic {}: {} has schema {}", record.topic(), role.label(), candidate);
    }

    private static Encoded rest(Schema schema, byte[] bytes, int offset) {
        return new Encoded(schema, bytes, offset, bytes.length - offset);
    }

    private TopicMemory memory(String topic) {
        if (topic.equals(lastTopic)) {
            return lastMemory;
        }
        TopicMemory memory = topics.computeIfAbsent(topic, ignored -> new TopicMemory());
        lastTopic = topic;
        lastMemory = memory;
        return memory;
    }

    @Override
    public long registryCalls() {
        return store.calls();
    }

    @Override
    public void close() {
        store.close();
        gluePayload.close();
    }
}
