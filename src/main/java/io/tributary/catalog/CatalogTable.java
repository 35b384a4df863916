package io.tributary.catalog;

import io.tributary.lake.commit.TableDescription;
import io.tributary.row.Column;
import io.tributary.row.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The entry of a lake table in a catalogue: an external, partitioned Hive table with Hudi's input format, as Hudi's sync
 * tools make it (HiveSyncTool and AwsGlueCatalogSyncTool, 0.14). Immutable.
 */
final class CatalogTable {
    static final String TABLE_TYPE = "EXTERNAL_TABLE";
    static final String INPUT_FORMAT = "org.apache.hudi.hadoop.HoodieParquetInputFormat";
    static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    /** The property with the newest instant that the catalogue knows of; Hudi's own tools go on from it. */
    static final String LAST_COMMIT = "last_commit_time_sync";

    private final String name;
    private final String location;
    private final List<CatalogColumn> columns;
    private final List<CatalogColumn> partitionKeys;
    private final Map<String, String> parameters;
    private final Map<String, String> serdeParameters;

    private CatalogTable(
            String name,
            String location,
            List<CatalogColumn> columns,
            List<CatalogColumn> partitionKeys,
            Map<String, String> parameters,
            Map<String, String> serdeParameters) {
        this.name = name;
        this.location = location;
        this.columns = List.copyOf(columns);
        this.partitionKeys = List.copyOf(partitionKeys);
        this.parameters = Map.copyOf(parameters);
        this.serdeParameters = Map.copyOf(serdeParameters);
    }

    /**
     * @param name in the catalogue
     * @param location the table's directory as the catalogue's readers address it
     */
    static CatalogTable of(String name, String location, TableDescription table) {
        List<Column> known = withoutTwins(table.columns());
        List<Column> partitioning = new ArrayList<>();
        for (String partition : table.partitionColumns()) {
            partitioning.add(known.stream()
                    .filter(column -> column.name().equals(partition))
                    .findFirst()
                    .orElse(new Column(partition, ColumnType.STRING, true)));
        }
        List<Column> others = new ArrayList<>(known);
        others.removeIf(column -> table.partitionColumns().contains(column.name()));
        List<CatalogColumn> columns = new ArrayList<>();
        others.forEach(column -> columns.add(entry(column, ColumnTypeNames.hive(column.type()))));
        List<CatalogColumn> keys = new ArrayList<>();
        partitioning.forEach(column -> keys.add(entry(column, ColumnTypeNames.hivePartition(column.type()))));
        others.addAll(partitioning);

        Map<String, String> parameters = new TreeMap<>(SparkProperties.of(others, table.partitionColumns()));
        parameters.put("EXTERNAL", "TRUE");
        parameters.put(LAST_COMMIT, table.instant());
        // Athena lists files itself: the lake keeps no metadata table
        parameters.put("hudi.metadata-listing-enabled", "FALSE");
        Map<String, String> serde =
                Map.of("serialization.format", "1", "path", location, "hoodie.query.as.ro.table", "false");
        return new CatalogTable(name, location, columns, keys, parameters, serde);
    }

    private static CatalogColumn entry(Column column, String type) {
        return new CatalogColumn(column.name().toLowerCase(Locale.ROOT), type, null);
    }

    /** Names that differ in case only are one name to every reader of a catalogue: the first column has it. */
    private static List<Column> withoutTwins(List<Column> columns) {
        Set<String> names = new HashSet<>();
        List<Column> first = new ArrayList<>(columns);
        first.removeIf(column -> !names.add(column.name().toLowerCase(Locale.ROOT)));
        return first;
    }

    String name() {
        return name;
    }

    String location() {
        return location;
    }

    /** @return without those that partition the table */
    List<CatalogColumn> columns() {
        return columns;
    }

    List<CatalogColumn> partitionKeys() {
        return partitionKeys;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    Map<String, String> serdeParameters() {
        return serdeParameters;
    }

    @Override
    public String toString() {
        return name + " at " + location;
    }
}
