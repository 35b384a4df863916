package io.tributary.aggregate;

import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.debezium.TableId;
import io.tributary.row.AvroBytes;
import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import io.tributary.row.UnsupportedSchemaException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Changes of sales, events and categories, as the decoder hands them out, in the order in which they are made. */
final class Shop {
    private static final String RECORD = "{\"type\":\"record\",\"name\":\"Value\",\"fields\":[%s]}";
    private static final Schema SALE =
            schema("{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"eventid\",\"type\":\"int\"},"
                    + "{\"name\":\"amount\",\"type\":\"string\"},{\"name\":\"soldat\",\"type\":\"string\"}");
    private static final Schema EVENT =
            schema("{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"catid\",\"type\":\"int\"}");
    private static final Schema CATEGORY =
            schema("{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"catname\",\"type\":\"string\"}");

    private final List<ChangeEvent> changes = new ArrayList<>();
    private int position;

    /** @return the sale's position */
    int sale(int id, int event, String amount, String soldAt) {
        again(++position, id, event, amount, soldAt);
        return position;
    }

    /** A sale that is sent once more, with the position it had. */
    void again(int first, int id, int event, String amount, String soldAt) {
        add("sale", Op.UPDATE, first, SALE, id, event, amount, soldAt);
    }

    void deleteSale(int id) {
        add("sale", Op.DELETE, ++position, null, id);
    }

    void truncateSales() {
        add("sale", Op.TRUNCATE, ++position, null);
    }

    void event(int id, int category) {
        add("event", Op.UPDATE, ++position, EVENT, id, category);
    }

    void category(int id, String name) {
        add("category", Op.UPDATE, ++position, CATEGORY, id, name);
    }

    /** @return the changes since the last call */
    List<ChangeEvent> take() {
        List<ChangeEvent> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    private void add(String table, Op op, int at, Schema schema, Object... values) {
        byte[] bytes = null;
        RowSchema rows = null;
        if (schema != null) {
            GenericData.Record row = new GenericData.Record(schema);
            for (int i = 0; i < values.length; i++) {
                row.put(i, values[i]);
            }
            bytes = AvroBytes.of(schema, row);
            rows = rowsOf(schema);
        }
        changes.add(new ChangeEvent(
                new TableId("shop", null, "public", table),
                op,
                values.length == 0 ? null : values[0].toString(),
                Sales.position(at),
                1_658_759_000_000L + at,
                schema != null,
                rows,
                bytes,
                0,
                bytes == null ? 0 : bytes.length,
                Sales.record(0, at)));
    }

    private static RowSchema rowsOf(Schema schema) {
        try {
            return RowSchemas.of(schema, List.of("id"));
        } catch (UnsupportedSchemaException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Schema schema(String fields) {
        return AvroBytes.parse(String.format(RECORD, fields));
    }
}
