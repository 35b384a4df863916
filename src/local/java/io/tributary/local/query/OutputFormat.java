package io.tributary.local.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.local.cli.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The forms in which a result is printed. */
public enum OutputFormat {
    /** Aligned columns, NULL as an empty cell, the number of rows below. */
    TABLE {
        @Override
        public void write(QueryResult result, Appendable out) throws IOException {
            new TextTable(result.columns(), result.asText()).write(out);
            int rows = result.rows().size();
            out.append("(" + rows + (rows == 1 ? " row)" : " rows)")).append('\n');
        }
    },
    /** A header, then one line per row; NULL is {@code \N}; fields are quoted where they must be. */
    CSV {
        @Override
        public void write(QueryResult result, Appendable out) throws IOException {
            csvLine(result.columns(), out);
            for (List<String> row : result.asText()) {
                csvLine(row, out);
            }
        }
    },
    /** One JSON object per line; numbers are numbers, all else is text as in csv. */
    JSON {
        @Override
        public void write(QueryResult result, Appendable out) throws IOException {
            for (List<Object> row : result.rows()) {
                java.io.StringWriter line = new java.io.StringWriter();
                try (JsonGenerator json = MAPPER.getFactory().createGenerator(line)) {
                    json.writeStartObject();
                    for (int i = 0; i < row.size(); i++) {
                        json.writeFieldName(result.columns().get(i));
                        jsonValue(row.get(i), json);
                    }
                    json.writeEndObject();
                }
                out.append(line.toString()).append('\n');
            }
        }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NULL = "\\N";

    /** @throws UsageException for a name that is none */
    public static OutputFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("Unknown format " + name + "; known: "
                        + Arrays.toString(values()).replaceAll("[\\[\\]]", "")));
    }

    public abstract void write(QueryResult result, Appendable out) throws IOException;

    /** @return the result as one text */
    public String text(QueryResult result) {
        StringBuilder text = new StringBuilder();
        try {
            write(result, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void csvLine(List<String> values, Appendable out) throws IOException {
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ",").append(csvField(values.get(i)));
        }
        out.append('\n');
    }

    private static String csvField(String value) {
        if (value == null) {
            return NULL;
        }
        boolean quote =
                value.equals(NULL) || value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static void jsonValue(Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number && !isNotFinite(number)) {
            json.writeNumber(new BigDecimal(ValueText.of(number)).toPlainString());
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                jsonValue(each, json);
            }
            json.writeEndArray();
        } else {
            json.writeString(ValueText.of(value));
        }
    }

    private static boolean isNotFinite(Number number) {
        return (number instanceof Double || number instanceof Float) && !Double.isFinite(number.doubleValue());
    }
}
