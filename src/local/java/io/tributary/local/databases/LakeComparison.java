package io.tributary.local.databases;

import io.tributary.local.query.LakeQuery;
import io.tributary.local.query.QueryResult;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares every table of the sample with the lake's, value by value. Nothing may be changing meanwhile. */
public final class LakeComparison {
    private static final int EXAMPLES = 5;
    private static final int EXAMPLE_LENGTH = 40;
    private static final int FETCH = 5_000;

    private final TickitDatabases databases;
    private final LakeQuery lake;

    public LakeComparison(TickitDatabases databases, LakeQuery lake) {
        this.databases = databases;
        this.lake = lake;
    }

    /** @return one for each table, equal ones too */
    public List<TableDifference> tables() {
        List<TableDifference> all = new ArrayList<>();
        for (TickitTable table : TickitTable.values()) {
            all.add(compare(table));
        }
        return all;
    }

    /** @return whether the lake has the live rows that {@link TicketShop#lastRows()} inserted */
    public boolean holds(Map<String, Integer> lastRows) {
        List<String> there = lake.tables();
        for (TickitTable table : TickitTable.values()) {
            Integer key = lastRows.get(table.fullName());
            if (key != null && !(there.contains(table.fullName()) && holds(table, key))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(TickitTable table, int key) {
        return !lake.sql("SELECT 1 FROM \"" + table.fullName() + "\" WHERE " + table.key + " = " + key)
                .rows()
                .isEmpty();
    }

    private TableDifference compare(TickitTable table) {
        if (!lake.tables().contains(table.fullName())) {
            return new TableDifference(table.fullName(), -1, 0, 1, List.of("the lake has no such table"));
        }
        QueryResult stored = lake.table(table.fullName());
        Map<Long, List<Object>> byKey = new HashMap<>();
        int key = stored.columns().indexOf(table.key);
        List<String> examples = new ArrayList<>();
        long differing = 0;
        for (List<Object> row : stored.rows()) {
            if (byKey.put(((Number) row.get(key)).longValue(), row) != null) {
                differing += note(examples, table.key + " " + row.get(key) + ": twice in the lake");
            }
        }
        long rows = 0;
        try (Connection connection = databases.connection(table.server)) {
            // Without it the driver keeps all rows in memory.
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                ResultSet expected =
                        statement.executeQuery("SELECT * FROM " + table.sqlName + " ORDER BY " + table.key);
                while (expected.next()) {
                    rows++;
                    List<Object> row = byKey.remove(expected.getLong(table.key));
                    String difference = difference(expected, stored.columns(), row);
                    if (difference != null) {
                        differing += note(examples, table.key + " " + expected.getLong(table.key) + ": " + difference);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read " + table.sqlName + ": " + e.getMessage(), e);
        }
        for (Long extra : byKey.keySet()) {
            differing += note(examples, table.key + " " + extra + ": only in the lake");
        }
        return new TableDifference(table.fullName(), rows, stored.rows().size(), differing, examples);
    }

    private static int note(List<String> examples, String example) {
        if (examples.size() < EXAMPLES) {
            examples.add(example);
        }
        return 1;
    }

    /** @return null where all columns of the database are in the lake with the same values */
    private static String difference(ResultSet expected, List<String> columns, List<Object> row) throws SQLException {
        if (row == null) {
            return "only in the database";
        }
        ResultSetMetaData types = expected.getMetaData();
        for (int i = 1; i <= types.getColumnCount(); i++) {
            String name = types.getColumnName(i);
            int position = columns.indexOf(name);
            Object there = value(expected, types, i);
            Object here = position < 0 ? "(no such column)" : plain(row.get(position));
            if (!Objects.equals(there, here)) {
                return name + " is " + shortened(there) + " in the database, " + shortened(here) + " in the lake";
            }
        }
        return null;
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= EXAMPLE_LENGTH ? text : text.substring(0, EXAMPLE_LENGTH) + "...";
    }

    private static Object value(ResultSet row, ResultSetMetaData types, int column) throws SQLException {
        return switch (types.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER ->
                row.getObject(column) == null ? null : (Object) row.getLong(column);
            case Types.DATE -> row.getObject(column, LocalDate.class);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                types.getColumnTypeName(column).equals("timestamptz")
                        ? utc(row.getObject(column, OffsetDateTime.class))
                        : row.getObject(column, LocalDateTime.class);
            case Types.DECIMAL, Types.NUMERIC -> row.getBigDecimal(column);
            case Types.BIT, Types.BOOLEAN -> row.getObject(column, Boolean.class);
            default -> row.getString(column);
        };
    }

    private static LocalDateTime utc(OffsetDateTime time) {
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    /** @return whole numbers of all widths as one type */
    private static Object plain(Object value) {
        return value instanceof Number number && !(value instanceof BigDecimal) ? (Object) number.longValue() : value;
    }
}
