package io.tributary.lake.write;

import io.tributary.debezium.TableId;
import io.tributary.lake.merge.RowState;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.ExactText;
import io.tributary.lake.schema.TableSchema;
import io.tributary.row.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.org.apache.avro.generic.GenericRecord;

/**
 * Moves values from {@code __rescued_data} into their columns, where the table has such columns by now and they hold the
 * values exactly. The position of a row and of its columns stay: nothing is newer than it was. Only files that have such
 * rows are written again; not thread-safe.
 */
public final class RescuedRewriter {
    private final TableId table;
    private final TableSchema schema;
    private final TableLayout layout;
    private final Configuration hadoop;
    private final FileGroups groups;
    private final RecordCodec codec;
    private final Set<String> fixed;
    private final Map<String, Counts> columns = new TreeMap<>();
    private final Set<BaseFile> toRewrite = new HashSet<>();
    private long rows;
    private int files;

    /** How many rescued values of a column could be moved, and how many stay. Not thread-safe. */
    public static final class Counts {
        private long moved;
        private long stay;

        public long moved() {
            return moved;
        }

        /** @return those that the column cannot hold, or that have no column */
        public long stay() {
            return stay;
        }
    }

    /**
     * @param schema with all columns that the table has
     * @param partitionColumns no value is moved into them: a row is in the partition that they say, and its next change
     *     moves it
     */
    public RescuedRewriter(TableId table, TableSchema schema, TableLayout layout, Set<String> partitionColumns)
            throws IOException {
        this.table = table;
        this.schema = schema;
        this.layout = layout;
        this.hadoop = layout.hadoop().configuration();
        this.groups = FileGroups.load(hadoop, layout.path(table.fullName()));
        this.codec = new RecordCodec(table, schema);
        this.fixed = partitionColumns;
    }

    /** Counts what there is to do, in one pass over the table; nothing is written. */
    public void count() throws IOException {
        columns.clear();
        toRewrite.clear();
        rows = 0;
        for (List<BaseFile> partition : groups.all().values()) {
            for (BaseFile file : partition) {
                BaseFileReader.forEach(hadoop, file, codec, (key, stored) -> {
                    if (place(stored, columns) != null) {
                        rows++;
                        toRewrite.add(file);
                    }
                });
            }
        }
    }

    /** @return rescued values by their column, as {@link #count} found them */
    public Map<String, Counts> columns() {
        return columns;
    }

    /** @return rows that have values to move */
    public long rows() {
        return rows;
    }

    /** @return the new files of the file groups with rows that have values to move, as {@link #count} found them */
    public List<WrittenFile> write(String instant) throws IOException {
        List<WrittenFile> written = new ArrayList<>();
        for (Map.Entry<String, List<BaseFile>> partition : groups.all().entrySet()) {
            for (BaseFile file : partition.getValue()) {
                if (toRewrite.contains(file)) {
                    written.add(rewrite(partition.getKey(), file, instant));
                }
            }
        }
        return written;
    }

    private WrittenFile rewrite(String partition, BaseFile previous, String instant) throws IOException {
        try (BaseFileWriter writer = new BaseFileWriter(
                hadoop,
                layout.path(table.fullName()),
                partition,
                previous.fileId(),
                instant,
                previous,
                0,
                "0-" + files++ + "-0",
                codec,
                layout.hudiOptions(table.fullName()))) {
            BaseFileReader.forEach(hadoop, previous, codec, (key, stored) -> {
                RowState placed = place(stored, new TreeMap<>());
                if (placed == null) {
                    writer.copy(key, stored);
                } else {
                    writer.write(key, codec.write(placed), true);
                }
            });
            return writer.finish();
        }
    }

    /** @return the row with the values in their columns; null where there is none to move */
    private RowState place(GenericRecord stored, Map<String, Counts> counted) {
        if (!codec.hasRescued(stored)) {
            return null;
        }
        RowState row = codec.read(stored);
        Object[] values = new Object[row.size()];
        boolean moved = false;
        for (int i = 0; i < values.length; i++) {
            values[i] = row.value(i);
            if (values[i] instanceof Values.Rescued) {
                String column = schema.columns().get(i).name();
                String text = ((Values.Rescued) values[i]).text();
                Object value = fixed.contains(column)
                        ? null
                        : ExactText.parse(schema.columns().get(i).type(), text);
                Counts counts = counted.computeIfAbsent(column, name -> new Counts());
                if (value == null) {
                    counts.stay++;
                } else {
                    counts.moved++;
                    values[i] = value;
                    moved = true;
                }
            }
        }
        row.unplaced().columns().forEach(column -> counted.computeIfAbsent(column, name -> new Counts()).stay++);
        return moved ? row.withValues(values) : null;
    }
}
