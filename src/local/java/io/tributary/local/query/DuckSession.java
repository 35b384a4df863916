package io.tributary.local.query;

import io.tributary.local.cli.CommandException;
import io.tributary.row.Infinity;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A DuckDB in memory with views over a lake's files. All times are UTC, whatever the local zone. */
final class DuckSession implements AutoCloseable {
    private static final String ZONED = "TIMESTAMP WITH TIME ZONE";

    private final Connection connection;
    private final LocalFiles localFiles;

    DuckSession(LocalFiles localFiles) {
        this.localFiles = localFiles;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            run("SET autoinstall_known_extensions=false");
            run("SET autoload_known_extensions=false");
            run("SET temp_directory='" + text(System.getProperty("java.io.tmpdir")) + "'");
            run("SET TimeZone='UTC'");
        } catch (SQLException e) {
            throw new CommandException("DuckDB does not start: " + e.getMessage(), e);
        }
    }

    /** Creates a view of a table's rows under each of the names. */
    void addView(List<String> names, TableState table, ReadOptions options) {
        try {
            String select = select(table, options);
            for (String name : names) {
                run("CREATE VIEW " + LakeColumn.quote(name) + " AS " + select);
            }
        } catch (SQLException e) {
            throw new CommandException("Cannot read table " + table.name() + ": " + e.getMessage(), e);
        }
    }

    /** @throws SQLException where the statement is wrong or fails */
    QueryResult query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                columns.add(result.getMetaData().getColumnName(i));
            }
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>(width);
                for (int i = 1; i <= width; i++) {
                    row.add(value(result, i));
                }
                rows.add(row);
            }
            return new QueryResult(columns, rows);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new CommandException("DuckDB does not close: " + e.getMessage(), e);
        }
    }

    private String select(TableState table, ReadOptions options) throws SQLException {
        List<String> files = localFiles.localPaths(table.files());
        String source = files.isEmpty()
                ? "(SELECT 1 WHERE false)"
                : files.stream()
                        .map(file -> "'" + text(file) + "'")
                        .collect(Collectors.joining(
                                ",", "read_parquet([", "], union_by_name=true, hive_partitioning=false)"));
        Map<String, String> stored = files.isEmpty() ? Map.of() : storedTypes(source);
        String projection = table.columns().stream()
                .map(column -> cast(column, stored.get(column.name())) + " AS " + column.quoted())
                .collect(Collectors.joining(", "));
        String shown = table.columns().stream()
                .filter(column -> options.meta() || !column.isMeta())
                .map(LakeColumn::quoted)
                .collect(Collectors.joining(", "));
        return "SELECT " + shown + " FROM (SELECT " + projection + " FROM " + source + ")" + where(table, options);
    }

    private static String where(TableState table, ReadOptions options) {
        List<String> conditions = new ArrayList<>();
        if (!options.deleted() && table.has("__deleted")) {
            conditions.add("__deleted IS DISTINCT FROM 'true'");
        }
        if (table.since() != null) {
            conditions.add("_hoodie_commit_time > '" + table.since() + "'");
        }
        if (table.until() != null) {
            conditions.add("_hoodie_commit_time <= '" + table.until() + "'");
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** @param stored the type in the files; null where no file has the column */
    private static String cast(LakeColumn column, String stored) {
        String plain = "CAST(" + (stored == null ? "NULL" : column.quoted()) + " AS " + column.type() + ")";
        if (!ZONED.equals(stored)) {
            return plain;
        }
        // The infinite ones lie outside of what DuckDB converts.
        return "CASE WHEN epoch_us(" + column.quoted() + ") <= " + Infinity.NEGATIVE_MICROS
                + " THEN '-infinity'::TIMESTAMP WHEN epoch_us(" + column.quoted() + ") >= " + Infinity.POSITIVE_MICROS
                + " THEN 'infinity'::TIMESTAMP ELSE " + plain + " END";
    }

    private Map<String, String> storedTypes(String source) throws SQLException {
        Map<String, String> types = new HashMap<>();
        for (List<Object> row : query("DESCRIBE SELECT * FROM " + source).rows()) {
            types.put((String) row.get(0), (String) row.get(1));
        }
        return types;
    }

    private static Object value(ResultSet result, int column) throws SQLException {
        Object value = result.getObject(column);
        if (value instanceof Timestamp) {
            // By way of the local zone a time could fall into an hour that the zone skips.
            return finiteOrSentinel(result.getObject(column, LocalDateTime.class));
        }
        return plain(value);
    }

    /** DuckDB's infinities have no LocalDateTime; the numbers that stand for them in the lake do. */
    private static LocalDateTime finiteOrSentinel(LocalDateTime time) {
        LocalDateTime highest = ValueText.time(Infinity.POSITIVE_MICROS);
        LocalDateTime lowest = ValueText.time(Infinity.NEGATIVE_MICROS);
        return time.isAfter(highest) ? highest : time.isBefore(lowest) ? lowest : time;
    }

    private static Object plain(Object value) throws SQLException {
        if (value instanceof OffsetDateTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime();
        }
        if (value instanceof Time time) {
            return time.toLocalTime();
        }
        if (value instanceof Blob blob) {
            return blob.getBytes(1, (int) blob.length());
        }
        if (value instanceof Array array) {
            List<Object> list = new ArrayList<>();
            for (Object each : (Object[]) array.getArray()) {
                list.add(plain(each));
            }
            return list;
        }
        return value;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String literal) {
        return literal.replace("'", "''");
    }
}
