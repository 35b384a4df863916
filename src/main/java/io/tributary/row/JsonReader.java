package io.tributary.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads a value that no lake type holds (a map, a record, an array of arrays) as JSON text. */
final class JsonReader implements ValueReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonWriters.Writer writer;

    JsonReader(JsonWriters.Writer writer) {
        this.writer = writer;
    }

    @Override
    public Object read(AvroInput in) throws MalformedRowException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writer.write(in, json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory", e);
        }
        String value = text.toString();
        return value.equals(Placeholder.JSON_MAP) ? Values.UNAVAILABLE : value;
    }

    /** @return the list as JSON text, its rescued items as their texts */
    static String text(List<?> items, ColumnType type) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartArray();
            for (Object item : items) {
                JsonWriters.scalar(item, type, json);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory", e);
        }
        return text.toString();
    }
}
