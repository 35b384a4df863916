package io.tributary.chaos;

import io.tributary.chaos.SchemaRegistrar.Ids;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How a message tells its schemas, with a registry of Apicurio's. */
enum WireFormat {
    /** {@code 00} and four bytes of a contentId. */
    CONFLUENT_CONTENT_ID,
    /** {@code 00} and four bytes of a globalId, as writers do that are told nothing else. */
    CONFLUENT_GLOBAL_ID,
    /** {@code 00} and eight bytes of a globalId. */
    APICURIO,
    /** Bare Avro, and a globalId in the headers. */
    APICURIO_HEADERS,
    /** Bare Avro, and a contentId in the headers. */
    APICURIO_HEADERS_CONTENT_ID;

    /**
     * @param wire the format of all messages; null where formats are mixed
     * @return what {@code SchemaRegistry.id.kind} has to say. Of four bytes nothing tells a contentId from a globalId where
     *     both are schemas of one subject: the job makes dead letters of what it would have to guess
     */
    static String idKind(WireFormat wire) {
        return wire == CONFLUENT_CONTENT_ID
                ? "content"
                : wire == null || wire == CONFLUENT_GLOBAL_ID ? "global" : "auto";
    }

    /** @return a format that may be mixed with the others */
    static WireFormat random(Random random) {
        WireFormat[] mixable = {CONFLUENT_GLOBAL_ID, APICURIO, APICURIO_HEADERS, APICURIO_HEADERS_CONTENT_ID};
        return mixable[random.nextInt(mixable.length)];
    }

    RawRecord framed(Message message, SchemaRegistrar registrar) {
        List<String> names = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        byte[] key = framed(message.topic() + "-key", "key", message.key(), registrar, names, values);
        byte[] value = framed(message.topic() + "-value", "value", message.value(), registrar, names, values);
        Headers headers = names.isEmpty() || message.poison() != null
                ? Headers.NONE
                : new Headers(names.toArray(String[]::new), values.toArray(byte[][]::new));
        return RawRecord.ofKafka(
                message.topic(),
                message.partition(),
                -1,
                -1,
                key,
                message.poison() == null ? value : message.poison(),
                headers);
    }

    private byte[] framed(
            String subject,
            String role,
            EventEncoder.Encoded encoded,
            SchemaRegistrar registrar,
            List<String> names,
            List<byte[]> values) {
        if (encoded == null) {
            return null;
        }
        Ids ids = registrar.register(subject, encoded.schema());
        boolean content = this == CONFLUENT_CONTENT_ID || this == APICURIO_HEADERS_CONTENT_ID;
        long id = content ? ids.contentId() : ids.globalId();
        if (this == APICURIO_HEADERS || this == APICURIO_HEADERS_CONTENT_ID) {
            names.add("apicurio." + role + (content ? ".contentId" : ".globalId"));
            values.add(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
            return encoded.bytes();
        }
        int idBytes = this == APICURIO ? Long.BYTES : Integer.BYTES;
        ByteBuffer framed =
                ByteBuffer.allocate(1 + idBytes + encoded.bytes().length).put((byte) 0);
        return (idBytes == Long.BYTES ? framed.putLong(id) : framed.putInt((int) id))
                .put(encoded.bytes())
                .array();
    }
}
