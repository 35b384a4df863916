package io.tributary.debezium;

import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import io.tributary.types.Binary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Row schemas on Flink's data views, in full: id, key columns, Avro text. Schemas that are known are not parsed again. */
final class RowSchemaCodec {
    private static final int MAX_TEXTS = 1_000;
    private static final ConcurrentMap<String, byte[]> TEXTS = new ConcurrentHashMap<>();

    private RowSchemaCodec() {}

    static void write(RowSchema schema, DataOutputView out) throws IOException {
        Binary.writeText(schema.id(), out);
        out.writeInt(schema.keyColumns().size());
        for (String column : schema.keyColumns()) {
            Binary.writeText(column, out);
        }
        Binary.writeBytes(text(schema), out);
    }

    static RowSchema read(DataInputView in) throws IOException {
        String id = Binary.readText(in);
        int size = in.readInt();
        List<String> keyColumns = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            keyColumns.add(Binary.readText(in));
        }
        byte[] text = Binary.readBytes(in);
        RowSchema known = RowSchemas.known(id);
        return known != null ? known : RowSchemas.parse(new String(text, StandardCharsets.UTF_8), keyColumns);
    }

    private static byte[] text(RowSchema schema) {
        byte[] known = TEXTS.get(schema.id());
        if (known != null) {
            return known;
        }
        if (TEXTS.size() >= MAX_TEXTS) {
            TEXTS.clear();
        }
        byte[] text = schema.avro().toString().getBytes(StandardCharsets.UTF_8);
        TEXTS.put(schema.id(), text);
        return text;
    }
}
