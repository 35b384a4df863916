package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.config.RegistryOptions.IdKind;
import io.tributary.config.RegistryOptions.WireFormat;
import io.tributary.deadletter.Reason;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wire format, each ambiguity, and each kind of bytes that are of none. */
class WireDetectionTest {
    private static final String SUBJECT = Wire.TOPIC + "-value";
    private static final UUID UUID_1 = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");
    private static final String SALE = Wire.SALE.toString();
    private static final String VENUE = Wire.VENUE.toString();

    private final FakeRegistry registry = FakeRegistry.apicurio();
    private final RegistryWireDecoder decoder = Wire.decoder(registry);

    private static UndecodableException refused(WireDecoder decoder, RawRecord record) {
        UndecodableException e = catchThrowableOfType(UndecodableException.class, () -> decoder.value(record));
        assertThat(e).as("a dead letter").isNotNull();
        assertThat(e).hasMessageStartingWith("Value of " + record.coordinates() + " cannot be decoded: ");
        return e;
    }

    private static void isSale(Encoded encoded) {
        assertThat(encoded.schema()).isEqualTo(Wire.SALE);
        assertThat(Wire.read(encoded).get("note")).hasToString("hello");
    }

    @Nested
    class Formats {
        @Test
        void confluent() throws Exception {
            registry.add(SUBJECT, 900, 14, SALE);
            isSale(decoder.value(Wire.value(Wire.confluent(14, Wire.AVRO))));
        }

        @Test
        void confluentFromTheConfluentApi() throws Exception {
            FakeRegistry confluent = FakeRegistry.confluent()
                    .add(SUBJECT, SchemaId.of(SchemaId.Kind.CONFLUENT, 14), new RegisteredSchema("AVRO", SALE));
            isSale(Wire.decoder(confluent).value(Wire.value(Wire.confluent(14, Wire.AVRO))));
            isSale(Wire.decoder(confluent).value(Wire.value(Wire.apicurio(14, Wire.AVRO))));
            isSale(Wire.decoder(confluent)
                    .value(Wire.value(Wire.TOPIC, Wire.AVRO, Wire.headers("apicurio.value.contentId", 14))));
        }

        @Test
        void apicurioWithASmallId() throws Exception {
            registry.add(SUBJECT, 14, 900, SALE);
            isSale(decoder.value(Wire.value(Wire.apicurio(14, Wire.AVRO))));
        }

        @Test
        void apicurioWithAnIdAbove32Bits() throws Exception {
            registry.add(SUBJECT, 0x7_0000_0001L, 900, SALE).add("other-value", 7, 7, VENUE);
            isSale(decoder.value(Wire.value(Wire.apicurio(0x7_0000_0001L, Wire.AVRO))));
        }

        @ParameterizedTest
        @CsvSource({"apicurio.value.globalId, 14", "apicurio.value.contentId, 900"})
        void apicurioHeaders(String header, long id) throws Exception {
            registry.add(SUBJECT, 14, 900, SALE).add("other-value", 900, 14, VENUE);
            isSale(decoder.value(Wire.value(Wire.TOPIC, Wire.AVRO, Wire.headers(header, id))));
        }

        @Test
        void headersOfTheKeyDoNotSpeakForTheValue() throws Exception {
            registry.add(SUBJECT, 14, 900, SALE).add(Wire.TOPIC + "-key", 15, 901, VENUE);
            Headers ofKey = Wire.headers("apicurio.key.globalId", 15);
            isSale(decoder.value(Wire.value(Wire.TOPIC, Wire.apicurio(14, Wire.AVRO), ofKey)));
        }

        @Test
        void theLastOfSeveralHeadersCounts() throws Exception {
            registry.add(SUBJECT, 14, 900, SALE).add("other-value", 15, 901, VENUE);
            byte[] first = Wire.headers("apicurio.value.globalId", 15).value(1);
            byte[] last = Wire.headers("apicurio.value.globalId", 14).value(1);
            String name = "apicurio.value.globalId";
            Headers both = new Headers(new String[] {name, name}, new byte[][] {first, last});
            isSale(decoder.value(Wire.value(Wire.TOPIC, Wire.AVRO, both)));
        }

        @Test
        void gluePlainAndCompressed() throws Exception {
            RegistryWireDecoder glue = Wire.decoder(FakeRegistry.glue()
                    .add(
                            null,
                            SchemaId.glue(UUID_1.getMostSignificantBits(), UUID_1.getLeastSignificantBits()),
                            new RegisteredSchema("AVRO", SALE)));
            isSale(glue.value(Wire.value(Wire.glue(UUID_1, Wire.AVRO))));
            isSale(glue.value(Wire.value(Wire.glueZlib(UUID_1, Wire.AVRO))));
        }

        @Test
        void glueAndNumbersInOneTopic() throws Exception {
            FakeRegistry glue = FakeRegistry.glue()
                    .add(
                            null,
                            SchemaId.glue(UUID_1.getMostSignificantBits(), UUID_1.getLeastSignificantBits()),
                            new RegisteredSchema("AVRO", SALE));
            registry.add(SUBJECT, 14, 900, SALE);
            RegistryWireDecoder both = Wire.decoder(new RegistryClients(List.of(registry, glue)));
            for (int i = 0; i < 20; i++) {
                isSale(both.value(Wire.value(Wire.glueZlib(UUID_1, Wire.AVRO))));
                isSale(both.value(Wire.value(Wire.confluent(900, Wire.AVRO))));
                isSale(both.value(Wire.value(Wire.apicurio(14, Wire.AVRO))));
                isSale(both.value(Wire.value(Wire.TOPIC, Wire.AVRO, Wire.headers("apicurio.value.globalId", 14))));
            }
        }

        @Test
        void bareAvroThatBeginsLikeAFramedRecordGoesByItsHeader() throws Exception {
            registry.add(SUBJECT, 14, 900, SALE).add(SUBJECT, 1, 1, VENUE);
            byte[] avro = Wire.avro(new GenericRecordBuilder(Wire.SALE)
                    .set("id", 0)
                    .set("note", "")
                    .build());
            assertThat(avro[0]).isZero();
            Encoded encoded = decoder.value(Wire.value(Wire.TOPIC, avro, Wire.headers("apicurio.value.globalId", 14)));
            assertThat(Wire.read(encoded).get("id")).isEqualTo(0);
        }
    }

    @Nested
    class Ambiguities {
        @Test
        void theIdThatIsRegisteredForTheTopicIsTheRightOne() throws Exception {
            registry.add(SUBJECT, 17, 19, SALE).add("other-value", 19, 17, VENUE);
            isSale(decoder.value(Wire.value(Wire.confluent(19, Wire.AVRO))));
            isSale(decoder.value(Wire.value(Wire.confluent(17, Wire.AVRO))));
            isSale(decoder.value(Wire.value(Wire.apicurio(19, Wire.AVRO))));
            isSale(decoder.value(Wire.value(Wire.apicurio(17, Wire.AVRO))));
        }

        @Test
        void aRoutedTopicGoesByTheSchemasName() throws Exception {
            registry.add("before.routing-value", 17, 19, SALE).add("other-value", 19, 17, VENUE);
            isSale(decoder.value(Wire.value(Wire.confluent(19, Wire.AVRO))));
            isSale(decoder.value(Wire.value(Wire.confluent(17, Wire.AVRO))));
        }

        @Test
        void aRoutedTopicWithOneCandidateTakesIt() throws Exception {
            registry.add("before.routing-value", 17, 900, SALE);
            isSale(decoder.value(Wire.value("all.sales", Wire.confluent(17, Wire.AVRO), Headers.NONE)));
        }

        @Test
        void aRoutedTopicWithTwoCandidatesGoesByTheBytes() throws Exception {
            registry.add("a-value", 17, 19, SALE).add("b-value", 19, 17, VENUE);
            isSale(decoder.value(Wire.value("all.sales", Wire.confluent(19, Wire.AVRO), Headers.NONE)));
        }

        @Test
        void twoCandidatesThatFitAreADeadLetterThatNamesBoth() {
            String twin = SALE.replace("sale", "twin");
            registry.add("a-value", 17, 19, SALE).add("b-value", 19, 17, twin);
            UndecodableException e =
                    refused(decoder, Wire.value("all.sales", Wire.confluent(19, Wire.AVRO), Headers.NONE));
            assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
            assertThat(e)
                    .hasMessageContaining("globalId 19 (shop.db.twin.Value)")
                    .hasMessageContaining("contentId 19 (shop.db.sale.Value)")
                    .hasMessageContaining("SchemaRegistry.id.kind");
        }

        @Test
        void idsOfOneSubjectThatCrossGoByWhatTheTopicWasBeforeWhereTheBytesDoNotTell() throws Exception {
            String older = SALE;
            String newer = SALE.replace("note", "remark");
            registry.add(SUBJECT, 3, 4, older).add(SUBJECT, 17, 18, older).add(SUBJECT, 18, 19, newer);
            byte[] ambiguous = Wire.confluent(18, Wire.AVRO);
            assertThat(refused(decoder, Wire.value(ambiguous)).reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
            decoder.value(Wire.value(Wire.confluent(19, Wire.AVRO)));
            assertThat(decoder.value(Wire.value(ambiguous)).schema().getField("note"))
                    .as("contentId 18, since 19 can only be a contentId")
                    .isNotNull();
        }

        @Test
        void anEightByteIdThatFitsBothWaysIsTheGlobalId() throws Exception {
            String twin = SALE.replace("sale", "twin");
            registry.add("a-value", 17, 19, SALE).add("b-value", 19, 17, twin);
            isSale(decoder.value(Wire.value("all.sales", Wire.apicurio(17, Wire.AVRO), Headers.NONE)));
        }

        @Test
        void anIdOfAnotherTopicIsNotTakenWhereTheTopicHasSchemasOfItsOwn() {
            registry.add(SUBJECT, 14, 900, SALE).add("shop.db.venue-value", 15, 901, VENUE);
            UndecodableException e = refused(decoder, Wire.value(Wire.confluent(15, Wire.AVRO)));
            assertThat(e.reason()).isEqualTo(Reason.SCHEMA_NOT_FOUND);
            assertThat(e).hasMessageContaining("shop.db.venue.Value").hasMessageContaining(SUBJECT);
        }

        @Test
        void aConfluentApiThatAnswersAGlobalIdByAnotherSchemaIsFoundOut() {
            FakeRegistry confluent = FakeRegistry.confluent()
                    .add(SUBJECT, SchemaId.of(SchemaId.Kind.CONFLUENT, 19), new RegisteredSchema(null, SALE))
                    .add("venue-value", SchemaId.of(SchemaId.Kind.CONFLUENT, 17), new RegisteredSchema(null, VENUE));
            RawRecord record = Wire.value(Wire.TOPIC, Wire.AVRO, Wire.headers("apicurio.value.globalId", 17));
            assertThat(refused(Wire.decoder(confluent), record))
                    .hasMessageContaining("SchemaRegistry.type to apicurio");
        }

        @Test
        void theMemoryOfATopicDoesNotOverrideTheBytes() throws Exception {
            registry.add(SUBJECT, 14, 900, SALE);
            String changed = SALE.replace("note", "remark");
            registry.add(SUBJECT, 15, 901, changed);
            for (int i = 0; i < 30; i++) {
                isSale(decoder.value(Wire.value(Wire.confluent(900, Wire.AVRO))));
                assertThat(decoder.value(Wire.value(Wire.apicurio(15, Wire.AVRO)))
                                .schema()
                                .getField("remark"))
                        .isNotNull();
                assertThat(refused(decoder, Wire.value(Wire.confluent(77, Wire.AVRO)))
                                .reason())
                        .isEqualTo(Reason.SCHEMA_NOT_FOUND);
            }
        }
    }

    @Nested
    class Refusals {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "'{\"a\":1}' | JSON text",
                    "'  [1,2]' | JSON text",
                    "'hello world' | plain text",
                    "'<a/>' | XML text",
                    "'' | an empty value"
                })
        void textsAreNamed(String text, String expected) {
            UndecodableException e = refused(decoder, Wire.value(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
            assertThat(e).hasMessageContaining("looks like " + expected);
        }

        @Test
        void utf16IsNamedAlthoughItMayBeginWithZero() {
            byte[] bytes = "{\"id\":7,\"note\":\"x\"}".getBytes(StandardCharsets.UTF_16BE);
            assertThat(bytes[0]).isZero();
            UndecodableException e = refused(decoder, Wire.value(bytes));
            assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
            assertThat(e).hasMessageContaining("UTF-16 text");
        }

        @Test
        void aWrongMagicByteIsShownInHex() {
            UndecodableException e = refused(decoder, Wire.value(new byte[] {1, 0, 0, 0, 14, 9}));
            assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
            assertThat(e)
                    .hasMessageContaining("6 bytes, first 01 00 00 00 0e 09")
                    .hasMessageContaining("value.converter");
        }

        @Test
        void noMoreThanTheFirstBytesAreShown() {
            byte[] bytes = "{\"card\":\"4111 1111 1111 1111\"}".getBytes(StandardCharsets.UTF_8);
            assertThat(refused(decoder, Wire.value(bytes)))
                    .message()
                    .doesNotContain("4111")
                    .hasSizeLessThan(400);
        }

        @Test
        void anUnknownIdIsNotInTheRegistry() {
            registry.add(SUBJECT, 14, 900, SALE);
            UndecodableException e = refused(decoder, Wire.value(Wire.confluent(77, Wire.AVRO)));
            assertThat(e.reason()).isEqualTo(Reason.SCHEMA_NOT_FOUND);
            assertThat(e).hasMessageContaining("globalId 77").hasMessageContaining("contentId 77");
        }

        @Test
        void anUnknownIdInAHeaderIsNotInTheRegistry() {
            RawRecord record = Wire.value(Wire.TOPIC, Wire.AVRO, Wire.headers("apicurio.value.globalId", 77));
            assertThat(refused(decoder, record).reason()).isEqualTo(Reason.SCHEMA_NOT_FOUND);
        }

        @Test
        void aSchemaThatIsNoAvroIsUnsupported() {
            registry.add(SUBJECT, 14, 900, "syntax = \"proto3\"; message A {}");
            UndecodableException e = refused(decoder, Wire.value(Wire.apicurio(14, Wire.AVRO)));
            assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_SCHEMA);
        }

        @Test
        void aSchemaOfAnotherLanguageIsUnsupported() {
            FakeRegistry confluent = FakeRegistry.confluent()
                    .add(SUBJECT, SchemaId.of(SchemaId.Kind.CONFLUENT, 5), new RegisteredSchema("JSON", "{}"));
            UndecodableException e = refused(Wire.decoder(confluent), Wire.value(Wire.confluent(5, Wire.AVRO)));
            assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_SCHEMA);
            assertThat(e).hasMessageContaining("type JSON");
        }

        @Test
        void aHeaderOfTheWrongLengthIsNamed() {
            RawRecord record =
                    Wire.value(Wire.TOPIC, Wire.AVRO, Wire.headers("apicurio.value.globalId", new byte[] {0, 0, 14}));
            assertThat(refused(decoder, record)).hasMessageContaining("3 bytes where it must have 8");
        }

        @Test
        void avrosJsonEncodingIsNamed() {
            Headers headers = new Headers(
                    new String[] {"apicurio.value.globalId", "apicurio.value.encoding"},
                    new byte[][] {new byte[8], "JSON".getBytes(StandardCharsets.UTF_8)});
            assertThat(refused(decoder, Wire.value(Wire.TOPIC, Wire.AVRO, headers)))
                    .hasMessageContaining("JSON encoding");
        }

        @Test
        void anEncodingHeaderWithoutAnIdIsNotReadAsFramedBytes() {
            registry.add(SUBJECT, 14, 900, SALE);
            Headers headers = new Headers(
                    new String[] {"apicurio.value.encoding"}, new byte[][] {"BINARY".getBytes(StandardCharsets.UTF_8)});
            assertThat(refused(decoder, Wire.value(Wire.TOPIC, Wire.apicurio(14, Wire.AVRO), headers)))
                    .hasMessageContaining("neither apicurio.value.globalId nor apicurio.value.contentId");
        }

        @Test
        void aGlueRecordWithoutAGlueRegistrySaysWhatToSet() {
            assertThat(refused(decoder, Wire.value(Wire.glue(UUID_1, Wire.AVRO))))
                    .hasMessageContaining("SchemaRegistry.aws.region");
        }

        @Test
        void aCompressionByteThatIsNotKnownIsRefused() {
            byte[] bytes = Wire.glue(UUID_1, Wire.AVRO);
            bytes[1] = 9;
            UndecodableException e = refused(Wire.decoder(FakeRegistry.glue()), Wire.value(bytes));
            assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
            assertThat(e).hasMessageContaining("Glue");
        }

        @Test
        void aNamedFormatIsTheOnlyOneThatIsRead() {
            registry.add(SUBJECT, 14, 900, SALE);
            byte[] eight = Wire.apicurio(14, Wire.AVRO);
            byte[] four = Wire.confluent(14, Wire.AVRO);
            refused(Wire.decoder(registry, WireFormat.CONFLUENT, IdKind.AUTO), Wire.value(eight));
            refused(Wire.decoder(registry, WireFormat.APICURIO, IdKind.AUTO), Wire.value(four));
            refused(Wire.decoder(registry, WireFormat.APICURIO_HEADERS, IdKind.AUTO), Wire.value(eight));
            refused(Wire.decoder(registry, WireFormat.GLUE, IdKind.AUTO), Wire.value(eight));
        }
    }

    @Nested
    class Registry {
        @Test
        void isAskedOncePerIdNotOncePerRecord() throws Exception {
            registry.add(SUBJECT, 14, 900, SALE);
            for (int i = 0; i < 100; i++) {
                decoder.value(Wire.value(Wire.confluent(900, Wire.AVRO)));
            }
            assertThat(registry.asked).hasSize(2);
        }

        @Test
        void isNotAskedAgainForAnUnknownIdUntilTheTimeIsOver() throws Exception {
            AtomicLong time = new AtomicLong();
            RegistryWireDecoder timed = Wire.decoder(registry, WireFormat.AUTO, IdKind.AUTO, time);
            RawRecord record = Wire.value(Wire.confluent(900, Wire.AVRO));
            refused(timed, record);
            int once = registry.asked.size();
            for (int i = 0; i < 50; i++) {
                refused(timed, record);
            }
            assertThat(registry.asked).hasSize(once);
            registry.add(SUBJECT, 14, 900, SALE);
            refused(timed, record);
            time.addAndGet(1_000);
            isSale(timed.value(record));
        }

        @Test
        void garbageThatReadsAsManyWideIdsIsAskedForOnce() {
            for (int i = 0; i < 200; i++) {
                byte[] garbage = Wire.confluent(77, Wire.AVRO);
                garbage[6] = (byte) i;
                refused(decoder, Wire.value(garbage));
            }
            assertThat(registry.asked).hasSizeLessThan(5);
        }

        @Test
        void thatIsDownIsNoDeadLetter() throws Exception {
            registry.down = true;
            RawRecord record = Wire.value(Wire.confluent(900, Wire.AVRO));
            Assertions.assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> decoder.value(record));
            registry.down = false;
            registry.add(SUBJECT, 14, 900, SALE);
            isSale(decoder.value(record));
        }

        @Test
        void givesOneInstancePerSchemaText() throws Exception {
            registry.add(SUBJECT, 14, 900, SALE).add("copy.topic-value", 15, 901, SALE);
            Encoded one = decoder.value(Wire.value(Wire.apicurio(14, Wire.AVRO)));
            Encoded two = decoder.value(Wire.value("copy.topic", Wire.apicurio(15, Wire.AVRO), Headers.NONE));
            assertThat(one.schema()).isSameAs(two.schema());
        }

        @Test
        void referencesAreFollowedOnlyWhereTheTextAloneIsNotEnough() throws Exception {
            String money = SchemaBuilder.record("shop.Money")
                    .fields()
                    .requiredLong("cents")
                    .endRecord()
                    .toString();
            String order = "{\"type\":\"record\",\"name\":\"Value\",\"namespace\":\"shop.db.sale\",\"fields\":"
                    + "[{\"name\":\"total\",\"type\":\"shop.Money\"}]}";
            registry.add(SUBJECT, 14, 900, order)
                    .addReferences(SchemaId.of(SchemaId.Kind.GLOBAL, 14), List.of(money))
                    .addReferences(SchemaId.of(SchemaId.Kind.CONTENT, 900), List.of(money));
            RawRecord record = Wire.value(Wire.apicurio(14, new byte[] {2}));
            Encoded encoded = decoder.value(record);
            assertThat(encoded.schema().getField("total").schema().getFullName())
                    .isEqualTo("shop.Money");
            RawRecord other = Wire.value(Wire.confluent(900, new byte[] {2}));
            assertThat(decoder.value(other).schema()).isSameAs(encoded.schema());
        }
    }
}
