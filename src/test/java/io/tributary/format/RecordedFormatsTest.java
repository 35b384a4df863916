package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.RegistryOptions.IdKind;
import io.tributary.config.RegistryOptions.WireFormat;
import io.tributary.local.recording.RecordedSchema;
import io.tributary.local.recording.Recording;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record of the recorded topics finds the schema of its own topic, and that of its own version. */
class RecordedFormatsTest {
    /** How a record could have been framed, given the two ids of its schema. */
    private enum Framing {
        CONFLUENT_CONTENT,
        CONFLUENT_GLOBAL,
        APICURIO_GLOBAL,
        APICURIO_CONTENT,
        HEADERS_GLOBAL,
        HEADERS_CONTENT
    }

    @ParameterizedTest
    @CsvSource({
        "raw-headers-default, 7637",
        "unwrap-headers-default, 7530",
        "raw-confluent4-contentid, 7637",
        "unwrap-apicurio8, 7530"
    })
    void everyRecordFindsTheSchemaItWasWrittenWith(String name, int expected) throws Exception {
        Recording recording = Recording.bundled(name);
        FakeRegistry registry = FakeRegistry.of(recording);
        RegistryWireDecoder decoder = Wire.decoder(registry);
        int records = 0;
        for (RawRecord record : interleaved(recording)) {
            check(recording, decoder, record);
            records++;
        }
        assertThat(records).isEqualTo(expected);
        assertThat(registry.asked)
                .as("a registry is asked once per id, not per record")
                .hasSizeLessThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw-headers-default", "unwrap-headers-default"})
    void everyFramingIsToldApartInOneTopic(String name) throws Exception {
        Recording recording = Recording.bundled(name);
        RegistryWireDecoder decoder = Wire.decoder(FakeRegistry.of(recording));
        Random random = new Random(42);
        Framing[] framings = Framing.values();
        int records = 0;
        for (RawRecord record : interleaved(recording)) {
            Framing framing = framings[random.nextInt(framings.length)];
            check(recording, decoder, record, framed(recording, record, framing));
            records++;
        }
        assertThat(records).isGreaterThan(7_000);
    }

    @Test
    void aNamedKindIsFollowed() throws Exception {
        Recording recording = Recording.bundled("unwrap-headers-default");
        RegistryWireDecoder global = Wire.decoder(FakeRegistry.of(recording), WireFormat.CONFLUENT, IdKind.GLOBAL);
        RegistryWireDecoder content = Wire.decoder(FakeRegistry.of(recording), WireFormat.AUTO, IdKind.CONTENT);
        for (RawRecord record : interleaved(recording)) {
            check(recording, global, record, framed(recording, record, Framing.CONFLUENT_GLOBAL));
            check(recording, content, record, framed(recording, record, Framing.CONFLUENT_CONTENT));
        }
    }

    private static void check(Recording recording, RegistryWireDecoder decoder, RawRecord record) throws Exception {
        check(recording, decoder, record, record);
    }

    private static void check(Recording recording, RegistryWireDecoder decoder, RawRecord original, RawRecord sent)
            throws Exception {
        if (sent.key() != null) {
            Encoded key = decoder.key(sent);
            assertThat(key.schema()).isEqualTo(schemaOf(recording, original, Role.KEY));
            Wire.read(key);
        }
        if (sent.value() != null) {
            Encoded value = decoder.value(sent);
            assertThat(value.schema()).isEqualTo(schemaOf(recording, original, Role.VALUE));
            Wire.read(value);
        }
    }

    /** The topics' records mixed, each topic's in order. */
    private static List<RawRecord> interleaved(Recording recording) {
        List<RawRecord> all = new ArrayList<>();
        recording.topics().forEach(topic -> all.addAll(recording.messages(topic)));
        all.sort((a, b) -> Long.compare(a.timestamp(), b.timestamp()));
        return all;
    }

    private static final Map<Recording, Map<String, Schema>> PARSED = new java.util.IdentityHashMap<>();

    private static Schema schemaOf(Recording recording, RawRecord record, Role role) {
        Map<String, Schema> parsed = PARSED.computeIfAbsent(
                recording,
                key -> key.schemas().stream()
                        .collect(Collectors.toMap(
                                RecordedFormatsTest::versioned, schema -> new Schema.Parser().parse(schema.schema()))));
        return parsed.get(versioned(entry(recording, record, role)));
    }

    private static String versioned(RecordedSchema schema) {
        return schema.artifactId() + "/" + schema.version();
    }

    private static final Map<Recording, List<RecordedSchema>> SCHEMAS = new java.util.IdentityHashMap<>();

    private static RecordedSchema entry(Recording recording, RawRecord record, Role role) {
        byte[] bytes = role == Role.KEY ? record.key() : record.value();
        byte[] header = record.headers().last(role.globalIdHeader());
        Function<RecordedSchema, Long> space = RecordedSchema::globalId;
        long id;
        if (header != null) {
            id = ByteBuffer.wrap(header).getLong();
        } else if (recording.name().contains("confluent4")) {
            id = ByteBuffer.wrap(bytes).getInt(1);
            space = RecordedSchema::contentId;
        } else {
            id = ByteBuffer.wrap(bytes).getLong(1);
        }
        Function<RecordedSchema, Long> number = space;
        return SCHEMAS.computeIfAbsent(recording, Recording::schemas).stream()
                .filter(schema ->
                        schema.artifactId().equals(record.topic() + "-" + role.label()) && number.apply(schema) == id)
                .findFirst()
                .orElseThrow();
    }

    /** A record of a headers recording in another framing. */
    private static RawRecord framed(Recording recording, RawRecord record, Framing framing) {
        List<String> names = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        byte[] key = framed(recording, record, Role.KEY, framing, names, values);
        byte[] value = framed(recording, record, Role.VALUE, framing, names, values);
        Headers headers = new Headers(names.toArray(new String[0]), values.toArray(new byte[0][]));
        return RawRecord.ofKafka(record.topic(), record.partition(), record.offset(), 0, key, value, headers);
    }

    private static byte[] framed(
            Recording recording,
            RawRecord record,
            Role role,
            Framing framing,
            List<String> names,
            List<byte[]> values) {
        byte[] avro = role == Role.KEY ? record.key() : record.value();
        if (avro == null) {
            return null;
        }
        RecordedSchema schema = entry(recording, record, role);
        switch (framing) {
            case CONFLUENT_CONTENT:
                return Wire.confluent((int) schema.contentId(), avro);
            case CONFLUENT_GLOBAL:
                return Wire.confluent((int) schema.globalId(), avro);
            case APICURIO_GLOBAL:
                return Wire.apicurio(schema.globalId(), avro);
            case APICURIO_CONTENT:
                return Wire.apicurio(schema.contentId(), avro);
            default:
                boolean global = framing == Framing.HEADERS_GLOBAL;
                names.add(global ? role.globalIdHeader() : role.contentIdHeader());
                values.add(ByteBuffer.allocate(8)
                        .putLong(global ? schema.globalId() : schema.contentId())
                        .array());
                return Arrays.copyOf(avro, avro.length);
        }
    }
}
