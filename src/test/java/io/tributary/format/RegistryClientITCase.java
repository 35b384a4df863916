package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.config.RegistryOptions;
import io.tributary.deadletter.Reason;
import io.tributary.local.recording.RecordedSchema;
import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.source.RawRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against the real Apicurio Registry, over its own API and over the one that Confluent clients speak. */
class RegistryClientITCase {
    private static final Recording CONFLUENT = Recording.bundled("raw-confluent4-contentid");
    private static LocalRegistry registry;

    @BeforeAll
    static void start() {
        registry = LocalRegistry.started();
        registry.importExport(CONFLUENT.registryExport());
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static Configuration group(String type, String url, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("type", type, "url", url));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Configuration.fromMap(settings);
    }

    @Test
    void everyRecordDecodesOverTheCoreApi() throws Exception {
        decodeAll(CONFLUENT, group("apicurio", registry.url()));
        decodeAll(CONFLUENT, group("apicurio", registry.coreApi(), "id.kind", "content", "wire.format", "confluent"));
    }

    @Test
    void everyRecordDecodesOverTheConfluentApi() throws Exception {
        decodeAll(CONFLUENT, group("confluent", registry.confluentApi()));
    }

    @Test
    void theOtherRecordingsDecodeToo() throws Exception {
        for (String name : List.of("raw-headers-default", "unwrap-headers-default", "unwrap-apicurio8")) {
            Recording recording = Recording.bundled(name);
            try (LocalRegistry own = LocalRegistry.started()) {
                own.importExport(recording.registryExport());
                decodeAll(recording, group("apicurio", own.url()));
            }
        }
    }

    @Test
    void bothIdsOfEveryVersionAreFoundUnderItsSubject() {
        try (RegistryClient client = WireDecoders.client(group("apicurio", registry.url()))) {
            for (RecordedSchema recorded : CONFLUENT.schemas()) {
                SchemaId global = SchemaId.of(SchemaId.Kind.GLOBAL, recorded.globalId());
                SchemaId content = SchemaId.of(SchemaId.Kind.CONTENT, recorded.contentId());
                Schema expected = new Schema.Parser().parse(recorded.schema());
                for (SchemaId id : List.of(global, content)) {
                    assertThat(new Schema.Parser()
                                    .parse(client.schema(id).orElseThrow().text()))
                            .isEqualTo(expected);
                    assertThat(client.membership(recorded.artifactId(), List.of(id))
                                    .holds(id))
                            .isTrue();
                }
                assertThat(client.references(global)).isEmpty();
                assertThat(client.references(content)).isEmpty();
            }
            assertThat(client.membership("no.such-value", List.of(SchemaId.of(SchemaId.Kind.GLOBAL, 1)))
                            .subjectExists())
                    .isFalse();
        }
    }

    @Test
    void idsThatAreNotThereAreNotFoundByEitherApi() {
        for (Configuration group :
                List.of(group("apicurio", registry.url()), group("confluent", registry.confluentApi()))) {
            try (CloseableWireDecoder decoder = WireDecoders.create(group).open()) {
                for (byte[] value : List.of(
                        Wire.confluent(4_711, Wire.AVRO),
                        Wire.confluent(Integer.MAX_VALUE, Wire.AVRO),
                        Wire.apicurio(4_711, Wire.AVRO))) {
                    UndecodableException e =
                            catchThrowableOfType(UndecodableException.class, () -> decoder.value(Wire.value(value)));
                    assertThat(e.reason()).isEqualTo(Reason.SCHEMA_NOT_FOUND);
                }
            }
        }
    }

    @Test
    void anAddressThatIsNotTheApiIsToldFromAnIdThatIsNotThere() {
        for (Configuration group : List.of(
                group("apicurio", registry.url() + "/apis/nothing"),
                group("confluent", registry.url() + "/apis/nothing"))) {
            try (CloseableWireDecoder decoder = WireDecoders.create(group).open()) {
                assertThatExceptionOfType(RegistryUnavailableException.class)
                        .isThrownBy(() -> decoder.value(Wire.value(Wire.confluent(1, Wire.AVRO))))
                        .withMessageContaining("SchemaRegistry.url");
            }
        }
    }

    @Test
    void schemasAreRegisteredOverBothApisAndFoundByTheirId() throws Exception {
        String first = "{\"type\":\"record\",\"name\":\"F\",\"fields\":[]}";
        String second = "{\"type\":\"record\",\"name\":\"F\",\"fields\":["
                + "{\"name\":\"a\",\"type\":[\"null\",\"int\"],\"default\":null}]}";
        List<Configuration> groups =
                List.of(group("apicurio", registry.url()), group("confluent", registry.confluentApi()));
        for (Configuration group : groups) {
            String subject = group.get(RegistryOptions.TYPE) + " figures-value";
            int id = registerAtOnce(group, subject, first);
            assertThat(registerAtOnce(group, subject, first)).isEqualTo(id);
            int next = registerAtOnce(group, subject, second);
            assertThat(next).isNotEqualTo(id);
            for (Configuration reader : groups) {
                try (CloseableWireDecoder decoder = WireDecoders.create(reader).open()) {
                    assertThat(decoder.value(Wire.value(Wire.confluent(id, new byte[0])))
                                    .schema())
                            .isEqualTo(new Schema.Parser().parse(first));
                    assertThat(decoder.value(Wire.value(Wire.confluent(next, new byte[] {0})))
                                    .schema())
                            .isEqualTo(new Schema.Parser().parse(second));
                }
            }
        }
    }

    /** Registers as the subtasks of a job do, all at the same time. */
    private static int registerAtOnce(Configuration group, String subject, String schema) {
        List<Integer> ids = IntStream.range(0, 4)
                .mapToObj(subtask -> CompletableFuture.supplyAsync(
                        () -> {
                            try (SchemaRegistrar registrar = SchemaRegistrar.open(group)) {
                                return registrar.register(subject, schema);
                            }
                        },
                        task -> new Thread(task).start()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        return ids.get(0);
    }

    private static void decodeAll(Recording recording, Configuration group) throws Exception {
        int decoded = 0;
        try (CloseableWireDecoder decoder = WireDecoders.create(group).open()) {
            for (String topic : recording.topics()) {
                for (RawRecord record : recording.messages(topic)) {
                    if (record.key() != null) {
                        Wire.read(decoder.key(record));
                    }
                    if (record.value() != null) {
                        Encoded value = decoder.value(record);
                        Wire.read(value);
                        assertThat(value.schema().getFullName())
                                .startsWith(topic.equals("tickit") ? "io.debezium." : topic + ".");
                    }
                    decoded++;
                }
            }
        }
        assertThat(decoded).isGreaterThan(7_000);
    }
}
