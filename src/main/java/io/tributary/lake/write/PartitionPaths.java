package io.tributary.lake.write;

import io.tributary.debezium.TableId;
import io.tributary.lake.merge.RowState;
import io.tributary.lake.schema.MetaColumn;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.schema.ValueText;
import io.tributary.row.Values;
import java.util.List;
import java.util.StringJoiner;
import org.apache.hudi.common.util.PartitionPathEncodeUtils;

/** Which partition a row belongs to, as a path below its table's directory: Hive style, {@code column=value}, escaped. */
final class PartitionPaths {
    private final String only;
    private final TableSchema schema;
    private final List<String> columns;

    /** @param columns that partition the table; empty for the one partition {@code __table=<table>} */
    PartitionPaths(TableId table, TableSchema schema, List<String> columns) {
        this.schema = schema;
        this.columns = columns;
        this.only = columns.isEmpty() ? pathOf(MetaColumn.TABLE.columnName(), table.table()) : null;
    }

    /** @return the table's one partition; null where columns partition it */
    String only() {
        return only;
    }

    /** @return the row's partition; a column that is null counts as Hive's default partition */
    String of(RowState row) {
        if (only != null) {
            return only;
        }
        StringJoiner path = new StringJoiner("/");
        for (String column : columns) {
            int index = schema.indexOf(column);
            Object value = index < 0 ? null : row.value(index);
            boolean none = value == null || value instanceof Values.Rescued;
            path.add(pathOf(
                    column,
                    none ? null : ValueText.of(schema.columns().get(index).type(), value)));
        }
        return path.toString();
    }

    private static String pathOf(String column, String value) {
        return column + "="
                + (value == null || value.isEmpty()
                        ? PartitionPathEncodeUtils.DEFAULT_PARTITION_PATH
                        : PartitionPathEncodeUtils.escapePathName(value));
    }
}
