package io.tributary.lake.commit;

import io.tributary.row.Column;
import java.util.List;

/** What is stored of a table, for those who list it elsewhere. Immutable. */
public final class TableDescription {
    private final String path;
    private final String instant;
    private final List<Column> columns;
    private final List<String> partitionColumns;

    TableDescription(String path, String instant, List<Column> columns, List<String> partitionColumns) {
        this.path = path;
        this.instant = instant;
        this.columns = List.copyOf(columns);
        this.partitionColumns = List.copyOf(partitionColumns);
    }

    /** @return the table's directory, e.g. {@code s3a://bucket/lake/shop.public.sale} */
    public String path() {
        return path;
    }

    /** @return the newest committed instant */
    public String instant() {
        return instant;
    }

    /** @return all columns of the table's files, Hudi's own and the partition columns among them, as of that instant */
    public List<Column> columns() {
        return columns;
    }

    /** @return the columns that partition the table, outermost first */
    public List<String> partitionColumns() {
        return partitionColumns;
    }
}
