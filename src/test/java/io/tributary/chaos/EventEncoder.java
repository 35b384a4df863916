package io.tributary.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes changes as Debezium under Kafka Connect does with an Avro converter: schemas, names and bytes. */
final class EventEncoder {
    private static final String PLACEHOLDER = "__debezium_unavailable_value";
    private static final String TRANSACTION = """
            {"name":"transaction","type":["null",{"type":"record","name":"block","namespace":"event","fields":[
              {"name":"id","type":"string"},{"name":"total_order","type":"long"},
              {"name":"data_collection_order","type":"long"}],"connect.version":1,"connect.name":"event.block"}],"default":null}""";
    private static final String TIMES = """
            {"name":"ts_ms","type":["null","long"],"default":null},{"name":"ts_us","type":["null","long"],"default":null},
            {"name":"ts_ns","type":["null","long"],"default":null}""";

    private final Dialect dialect;
    private final EventForm form;
    private final boolean transactionMetadata;
    private final Map<String, Schema> schemas = new HashMap<>();

    /** @param transactionMetadata whether events tell their place inside the transaction */
    EventEncoder(Dialect dialect, EventForm form, boolean transactionMetadata) {
        this.dialect = dialect;
        this.form = form;
        this.transactionMetadata = transactionMetadata;
    }

    /** Avro bytes and the schema that they were written with. */
    record Encoded(Schema schema, byte[] bytes) {}

    /** @return the message key; null for a truncate */
    Encoded key(Change change) {
        if (change.keyImage() == null) {
            return null;
        }
        ModelTable table = change.table();
        Schema schema = schemas.computeIfAbsent(
                table.fullName() + "-key",
                name -> parse("""
                        {"type":"record","name":"Key","namespace":"%s","fields":[%s],"connect.name":"%s.Key"}""".formatted(table.fullName(), fields(table.key()), table.fullName())));
        GenericRecord key = new GenericData.Record(schema);
        fill(key, table.key(), change.keyImage(), null);
        return encoded(schema, key);
    }

    Encoded value(Change change) {
        Schema schema = schemas.computeIfAbsent(
                change.table().fullName() + "-" + change.version(),
                name -> form.isFlattened() ? flattenedSchema(change) : envelopeSchema(change));
        return encoded(schema, form.isFlattened() ? flattened(change, schema) : envelope(change, schema));
    }

    private Schema envelopeSchema(Change change) {
        String name = change.table().fullName();
        return parse(
                """
                {"type":"record","name":"Envelope","namespace":"%s","fields":[
                  {"name":"before","type":["null",{"type":"record","name":"Value","fields":[%s],"connect.name":"%s.Value"}],
                   "default":null},
                  {"name":"after","type":["null","Value"],"default":null},
                  {"name":"source","type":%s},%s,{"name":"op","type":"string"},%s],
                 "connect.version":2,"connect.name":"%s.Envelope"}""".formatted(name, fields(change.columns()), name, dialect.sourceSchema(), TRANSACTION, TIMES, name));
    }

    private Schema flattenedSchema(Change change) {
        String name = change.table().fullName();
        return parse("""
                {"type":"record","name":"Value","namespace":"%s","fields":[%s,
                  {"name":"__deleted","type":["null","string"],"default":null},
                  {"name":"__name","type":["null","string"],"default":null},
                  {"name":"__op","type":["null","string"],"default":null},
                  {"name":"__db","type":["null","string"],"default":null},
                  {"name":"__table","type":["null","string"],"default":null},%s
                  {"name":"__source_ts_ms","type":["null","long"],"default":null}],"connect.name":"%s.Value"}""".formatted(
                        name, fields(change.columns()), form.hasLogPlace() ? dialect.flattenedFields() : "", name));
    }

    private GenericRecord envelope(Change change, Schema schema) {
        GenericRecord envelope = new GenericData.Record(schema);
        Schema row = schema.getField("before").schema().getTypes().get(1);
        envelope.put("before", image(row, change.columns(), change.before(), null));
        envelope.put("after", image(row, change.columns(), change.after(), change.unavailable()));
        GenericRecord source = new GenericData.Record(schema.getField("source").schema());
        source.put("version", "2.7.4.Final");
        source.put("connector", dialect.connector());
        source.put("name", server(change));
        source.put("ts_ms", change.place().tsMs());
        source.put("snapshot", change.place().snapshot() ? "true" : "false");
        source.put("db", database(change));
        if (dialect.hasSchemas()) {
            source.put("schema", middle(change));
        }
        source.put("table", change.table().name());
        dialect.place(source, "", change.place());
        envelope.put("source", source);
        if (transactionMetadata && !change.place().snapshot()) {
            GenericRecord block = new GenericData.Record(
                    schema.getField("transaction").schema().getTypes().get(1));
            block.put("id", change.place().transaction() + ":" + change.place().lsn());
            block.put("total_order", (long) change.place().order());
            block.put("data_collection_order", (long) change.place().order());
            envelope.put("transaction", block);
        }
        envelope.put("op", change.op());
        envelope.put("ts_ms", change.place().tsMs() + 7);
        return envelope;
    }

    private GenericRecord flattened(Change change, Schema schema) {
        GenericRecord row = new GenericData.Record(schema);
        fill(row, change.columns(), change.keyImage(), change.unavailable());
        row.put("__deleted", change.op().equals("d") ? "true" : "false");
        row.put("__name", server(change));
        row.put("__op", change.op());
        row.put("__db", database(change));
        row.put("__table", change.table().name());
        row.put("__source_ts_ms", change.place().tsMs());
        if (form.hasLogPlace()) {
            if (dialect.hasSchemas()) {
                row.put("__schema", middle(change));
            }
            dialect.place(row, "__", change.place());
        }
        return row;
    }

    private static GenericRecord image(
            Schema schema, List<ModelColumn> columns, Map<String, Object> row, String unavailable) {
        if (row == null) {
            return null;
        }
        GenericRecord image = new GenericData.Record(schema);
        fill(image, columns, row, unavailable);
        return image;
    }

    private static void fill(
            GenericRecord target, List<ModelColumn> columns, Map<String, Object> row, String unavailable) {
        for (ModelColumn column : columns) {
            Object value = column.name().equals(unavailable) ? PLACEHOLDER : row.get(column.name());
            target.put(column.name(), column.kind().toAvro(value));
        }
    }

    private static String fields(List<ModelColumn> columns) {
        StringBuilder fields = new StringBuilder();
        for (ModelColumn column : columns) {
            fields.append(fields.isEmpty() ? "" : ",")
                    .append("{\"name\":\"")
                    .append(column.name())
                    .append("\",\"type\":")
                    .append(
                            column.nullable()
                                    ? "[\"null\"," + column.kind().avro() + "],\"default\":null}"
                                    : column.kind().avro() + "}");
        }
        return fields.toString();
    }

    private static String server(Change change) {
        String name = change.table().fullName();
        return name.substring(0, name.indexOf('.'));
    }

    private static String middle(Change change) {
        String name = change.table().fullName();
        return name.substring(name.indexOf('.') + 1, name.lastIndexOf('.'));
    }

    private String database(Change change) {
        return dialect.hasSchemas() ? "tickit" : middle(change);
    }

    private static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }

    private static Encoded encoded(Schema schema, GenericRecord value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return new Encoded(schema, out.toByteArray());
    }
}
