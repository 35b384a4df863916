package io.tributary.aggregate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.Truth;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the database held at a recording's end, in a SQL database, all columns as text. */
final class TruthSql implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TABLES =
            List.of("tickit.ecomm.sale", "tickit.ems.event", "tickit.ems.category", "tickit.ems.venue");

    private final Connection connection;

    TruthSql(Recording recording) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        for (String table : TABLES) {
            String name = table.substring(table.lastIndexOf('.') + 1);
            Truth rows = recording.truth(table, Moment.FINAL);
            create(name, rows);
            insert(name, rows);
        }
        if (recording.name().startsWith("unwrap")) {
            // The flattening transform drops truncates, so flattened topics end with what was there before and after.
            Truth truncated = recording.truth("tickit.ems.category", Moment.BEFORE_TRUNCATE);
            create("truncated", truncated);
            insert("truncated", truncated);
            run("INSERT INTO category SELECT * FROM truncated WHERE catid NOT IN (SELECT catid FROM category)");
        }
    }

    private void create(String name, Truth rows) throws SQLException {
        run("CREATE TABLE " + name
                + rows.columns().stream()
                        .map(column -> '"' + column + "\" VARCHAR")
                        .collect(Collectors.joining(", ", " (", ")")));
    }

    private void insert(String name, Truth rows) throws SQLException {
        String values = String.join(", ", Collections.nCopies(rows.columns().size(), "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + name + " VALUES (" + values + ")")) {
            for (List<String> row : rows.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setString(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * @param select its last three columns are sales, orders and quantity; those before are the group, and {@code start}
     * @return figures by the text of their key
     */
    Map<String, TruthFigures.Sum> figures(String select) throws SQLException {
        Map<String, TruthFigures.Sum> figures = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            int keys = rows.getMetaData().getColumnCount() - 3;
            while (rows.next()) {
                ObjectNode key = JSON.createObjectNode();
                for (int i = 1; i <= keys; i++) {
                    key.putPOJO(rows.getMetaData().getColumnName(i), rows.getObject(i));
                }
                BigDecimal sales = rows.getBigDecimal(keys + 1);
                figures.put(
                        key.toString(),
                        new TruthFigures.Sum(sales.toPlainString(), rows.getLong(keys + 2), rows.getLong(keys + 3)));
            }
        }
        return figures;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
