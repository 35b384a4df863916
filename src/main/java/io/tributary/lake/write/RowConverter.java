package io.tributary.lake.write;

import io.tributary.debezium.Op;
import io.tributary.lake.merge.RowState;
import io.tributary.lake.merge.UnplacedValues;
import io.tributary.lake.schema.ColumnPlaces;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.schema.TypeWidening;
import io.tributary.lake.schema.ValueText;
import io.tributary.row.Column;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowReader;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import io.tributary.row.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** From the bytes of rows of one schema to rows of a table: a plan that is made once for the pair. Not thread-safe. */
final class RowConverter {
    private final TableSchema table;
    private final RowReader reader;
    private final Object[] read;
    private final List<Column> columns;
    /** For each column of the table the column of the row, or -1. */
    private final int[] sources;
    /** Columns of the row that the table does not have. */
    private final int[] unplaced;

    private final boolean[] keys;
    private final List<UnaryOperator<Object>> converters = new ArrayList<>();

    RowConverter(RowSchema rows, TableSchema table) {
        this.table = table;
        this.reader = RowReaders.of(rows);
        this.columns = rows.columns();
        this.read = new Object[columns.size()];
        int size = table.columns().size();
        this.sources = new int[size];
        this.keys = new boolean[size];
        Arrays.fill(sources, -1);
        TableSchema rowColumns = TableSchema.of(rows);
        List<Integer> without = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int place = ColumnPlaces.of(columns.get(i), rowColumns, table);
            if (place < 0) {
                without.add(i);
            } else {
                sources[place] = i;
            }
        }
        this.unplaced = without.stream().mapToInt(Integer::intValue).toArray();
        for (int i = 0; i < size; i++) {
            Column column = table.columns().get(i);
            keys[i] = table.keyColumns().contains(column.name());
            converters.add(
                    sources[i] < 0
                            ? UnaryOperator.identity()
                            : TypeWidening.converter(columns.get(sources[i]).type(), column.type()));
        }
    }

    TableSchema table() {
        return table;
    }

    RowState convert(LakeRow row) throws MalformedRowException {
        reader.read(row.bytes(), 0, row.bytes().length, read);
        Object[] values = new Object[sources.length];
        String[] positions = row.complete() ? null : new String[sources.length + 1];
        boolean delete = row.op() == Op.DELETE;
        if (delete) {
            positions[sources.length] = RowState.UNKNOWN;
        }
        for (int i = 0; i < values.length; i++) {
            Object value = sources[i] < 0 ? null : read[sources[i]];
            boolean unavailable = value == Values.UNAVAILABLE || (sources[i] < 0 && delete);
            if (value == null || unavailable) {
                values[i] = null;
            } else {
                values[i] = value instanceof Values.Rescued
                        ? value
                        : converters.get(i).apply(value);
            }
            if (positions != null && !keys[i]) {
                positions[i] = unavailable || (delete && value == null)
                        ? RowState.UNKNOWN
                        : delete ? RowState.beforeImage(row.position()) : null;
            }
        }
        return new RowState(
                row.position(),
                row.op().code(),
                delete,
                row.sourceTsMs(),
                values,
                positions,
                unplaced.length == 0 ? UnplacedValues.NONE : unplaced(row, delete));
    }

    private UnplacedValues unplaced(LakeRow row, boolean delete) {
        UnplacedValues.Builder kept = new UnplacedValues.Builder(delete ? RowState.UNKNOWN : row.position());
        for (int source : unplaced) {
            Object value = read[source];
            boolean unknown = value == Values.UNAVAILABLE || delete && value == null;
            kept.put(
                    columns.get(source).name(),
                    value == null || unknown ? null : text(columns.get(source), value),
                    unknown && !row.complete()
                            ? RowState.UNKNOWN
                            : delete ? RowState.beforeImage(row.position()) : row.position());
        }
        return kept.build();
    }

    private static String text(Column column, Object value) {
        return value instanceof Values.Rescued ? ((Values.Rescued) value).text() : ValueText.of(column.type(), value);
    }
}
