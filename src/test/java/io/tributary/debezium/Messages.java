package io.tributary.debezium;

import io.tributary.format.Encoded;
import io.tributary.format.WireDecoder;
import io.tributary.row.AvroBytes;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Made-up messages: the first byte of a key or value is the number of its schema. */
final class Messages implements WireDecoder {
    static final String ROW = """
            {"type":"record","name":"Value","namespace":"shop.%s","fields":[
              {"name":"id","type":"int"},{"name":"line","type":"int"},
              {"name":"note","type":["null","string"],"default":null}]}""";
    static final String POSTGRES = source("postgresql", """
            {"name":"schema","type":"string"},{"name":"table","type":"string"},
            {"name":"txId","type":["null","long"]},{"name":"lsn","type":["null","long"]}""");
    static final String MYSQL = source("mysql", """
            {"name":"table","type":["null","string"]},{"name":"server_id","type":"long"},
            {"name":"file","type":"string"},{"name":"pos","type":"long"},{"name":"row","type":"int"}""");
    /** As the connector declares it: https://debezium.io/documentation/reference/2.7/connectors/sqlserver.html */
    static final String SQL_SERVER = source("sqlserver", """
            {"name":"schema","type":"string"},{"name":"table","type":"string"},
            {"name":"change_lsn","type":["null","string"]},{"name":"commit_lsn","type":["null","string"]},
            {"name":"event_serial_no","type":["null","long"]}""");

    private final List<Schema> schemas = new ArrayList<>();
    private long offset;

    static String source(String connector, String own) {
        return """
            {"type":"record","name":"Source","namespace":"io.debezium.connector.%s","fields":[
              {"name":"version","type":"string"},{"name":"connector","type":"string"},{"name":"name","type":"string"},
              {"name":"ts_ms","type":"long"},
              {"name":"snapshot","type":[{"type":"string","connect.name":"io.debezium.data.Enum"},"null"]},
              {"name":"db","type":"string"},{"name":"sequence","type":["null","string"]},%s]}""".formatted(connector, own);
    }

    static Schema envelope(String row, String source) {
        return AvroBytes.parse("""
                {"type":"record","name":"Envelope","namespace":"shop","fields":[
                  {"name":"before","type":["null",%s]},{"name":"after","type":["null","shop.t.Value"]},
                  {"name":"source","type":%s},{"name":"op","type":"string"},{"name":"ts_ms","type":["null","long"]},
                  {"name":"transaction","type":["null",{"type":"record","name":"block","namespace":"event","fields":[
                    {"name":"id","type":"string"},{"name":"total_order","type":"long"},
                    {"name":"data_collection_order","type":"long"}]}]}]}""".formatted(row.formatted("t"), source));
    }

    static Schema key() {
        return AvroBytes.parse(
                "{\"type\":\"record\",\"name\":\"Key\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}");
    }

    /** @return a record of that schema; absent fields that may be null are null */
    static GenericRecord record(Schema schema, Map<String, ?> values) {
        Schema type = schema.isUnion()
                ? schema.getTypes().get(schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0)
                : schema;
        GenericRecord record = new GenericData.Record(type);
        values.forEach((name, value) -> {
            Schema field = type.getField(name).schema();
            record.put(name, value instanceof Map<?, ?> map ? record(field, cast(map)) : value);
        });
        return record;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> cast(Map<?, ?> map) {
        return (Map<String, ?>) map;
    }

    RawRecord message(String topic, Schema keySchema, Object key, Schema valueSchema, Object value) {
        return RawRecord.ofKafka(
                topic,
                0,
                offset++,
                1,
                key == null ? null : bytes(keySchema, key),
                value == null ? null : bytes(valueSchema, value),
                Headers.NONE);
    }

    RawRecord raw(byte[] key, byte[] value) {
        return RawRecord.ofKafka("shop.public.t", 0, offset++, 1, key, value, Headers.NONE);
    }

    private byte[] bytes(Schema schema, Object value) {
        int index = schemas.indexOf(schema);
        if (index < 0) {
            index = schemas.size();
            schemas.add(schema);
        }
        byte[] avro = AvroBytes.of(schema, value);
        byte[] bytes = new byte[avro.length + 1];
        bytes[0] = (byte) index;
        System.arraycopy(avro, 0, bytes, 1, avro.length);
        return bytes;
    }

    @Override
    public Encoded key(RawRecord record) {
        return encoded(record.key());
    }

    @Override
    public Encoded value(RawRecord record) {
        return encoded(record.value());
    }

    private Encoded encoded(byte[] bytes) {
        return new Encoded(schemas.get(bytes[0]), bytes, 1, bytes.length - 1);
    }
}
