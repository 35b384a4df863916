package io.tributary.local.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Writes the messages of one table as Debezium's MySQL connector and an Avro converter do: Confluent's framing, the
 * schemas of {@link LoadTable}. A row's values follow from its key and the time of its change alone. Not thread-safe.
 */
final class ChangeEncoder {
    private static final Utf8 VERSION = new Utf8("2.7.4.Final");
    private static final Utf8 CONNECTOR = new Utf8("mysql");
    private static final Utf8 SERVER = new Utf8(LoadTable.SERVER);
    private static final Utf8 LOG_FILE = new Utf8("mysql-bin.000003");
    private static final Utf8[] CITIES = texts("Atlanta", "São Paulo", "Zürich", "Chicago", "New York City", "Łódź");
    private static final Utf8[] NAMES = texts("Ada", "Bjørn", "Chloé", "Dmitri", "Élise", "Fatou", "Gopal", "Hana");
    private static final int PRICES = 900_000;

    private static final Map<String, Utf8> CODES = Map.of("r", new Utf8("r"), "c", new Utf8("c"), "u", new Utf8("u"));

    private final LoadTable table;
    private final Form form;
    private final int keyId;
    private final int valueId;
    private final Utf8 database;
    private final Utf8 tableName;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private BinaryEncoder out;

    /**
     * @param keyId the key schema's id in the registry
     * @param valueId the value schema's
     */
    ChangeEncoder(LoadTable table, Form form, int keyId, int valueId) {
        this.table = table;
        this.form = form;
        this.keyId = keyId;
        this.valueId = valueId;
        this.database = new Utf8(table.shape().database());
        this.tableName = new Utf8(table.table());
    }

    /** @return the message's key */
    byte[] key(Change change) {
        try {
            begin(keyId);
            out.writeInt(change.key());
            return end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the message's value */
    byte[] value(Change change) {
        try {
            begin(valueId);
            if (form == Form.ENVELOPE) {
                envelope(change);
            } else {
                row(change.key(), change.changedMs());
                added(change);
            }
            return end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void envelope(Change change) throws IOException {
        if (change.isNew()) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            row(change.key(), change.beforeMs());
        }
        out.writeIndex(1);
        row(change.key(), change.changedMs());
        source(change);
        out.writeIndex(0);
        out.writeString(CODES.get(change.op()));
        number(change.changedMs());
        number(change.changedMs() * 1_000);
        number(change.changedMs() * 1_000_000);
    }

    private void source(Change change) throws IOException {
        out.writeString(VERSION);
        out.writeString(CONNECTOR);
        out.writeString(SERVER);
        out.writeLong(change.changedMs());
        out.writeIndex(0);
        out.writeString(change.op().equals("r") ? "true" : "false");
        out.writeString(database);
        out.writeIndex(0);
        number(change.changedMs() * 1_000);
        number(change.changedMs() * 1_000_000);
        text(tableName);
        out.writeLong(1);
        out.writeIndex(0);
        out.writeString(LOG_FILE);
        out.writeLong(change.position());
        out.writeInt(0);
        out.writeIndex(0);
        out.writeIndex(0);
    }

    private void added(Change change) throws IOException {
        text(new Utf8("false"));
        text(CODES.get(change.op()));
        text(SERVER);
        text(database);
        text(tableName);
        text(LOG_FILE);
        number(change.changedMs());
        number(change.position());
        number(0);
    }

    private void row(int key, long changedMs) throws IOException {
        SplittableRandom random = new SplittableRandom(key * 31L + changedMs);
        boolean first = true;
        for (Column column : table.shape().columns()) {
            switch (column.kind()) {
                case INT -> out.writeInt(first ? key : random.nextInt(50_000));
                case LONG -> out.writeLong(changedMs);
                case TIMESTAMP -> number(1_200_000_000_000L + random.nextInt(31_536_000) * 1_000L);
                case TEXT -> text(word(random, key));
                case BOOLEAN -> maybe(random);
                case DECIMAL -> decimal(random);
            }
            first = false;
        }
    }

    private static Utf8 word(SplittableRandom random, int key) {
        return switch (random.nextInt(3)) {
            case 0 -> CITIES[random.nextInt(CITIES.length)];
            case 1 -> NAMES[random.nextInt(NAMES.length)];
            default -> new Utf8("no. " + key + "-" + random.nextInt(1_000));
        };
    }

    private void maybe(SplittableRandom random) throws IOException {
        int dice = random.nextInt(3);
        if (dice == 0) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeBoolean(dice == 1);
        }
    }

    private void decimal(SplittableRandom random) throws IOException {
        out.writeIndex(1);
        out.writeBytes(BigInteger.valueOf(random.nextInt(PRICES)).toByteArray());
    }

    private void text(Utf8 text) throws IOException {
        out.writeIndex(1);
        out.writeString(text);
    }

    private void number(long number) throws IOException {
        out.writeIndex(1);
        out.writeLong(number);
    }

    private void begin(int schemaId) {
        bytes.reset();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
        out = EncoderFactory.get().binaryEncoder(bytes, out);
    }

    private byte[] end() throws IOException {
        out.flush();
        return bytes.toByteArray();
    }

    private static Utf8[] texts(String... texts) {
        Utf8[] all = new Utf8[texts.length];
        for (int i = 0; i < texts.length; i++) {
            all[i] = new Utf8(texts[i]);
        }
        return all;
    }
}
