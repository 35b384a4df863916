package io.tributary.local.databases;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Changes the sample's rows the way applications do: inserts, updates of one row and of many, deletes, new keys, keys that
 * are deleted and taken again in one transaction, keys that change places, long texts, and transactions that are rolled
 * back.
 */
public final class TicketShop implements AutoCloseable {
    /** The small tables change now and then, the large ones most of the time. */
    private static final List<TickitTable> CHANCES = List.of(
            TickitTable.CATEGORY,
            TickitTable.VENUE,
            TickitTable.EVENT,
            TickitTable.EVENT,
            TickitTable.USER,
            TickitTable.USER,
            TickitTable.DATE,
            TickitTable.LISTING,
            TickitTable.LISTING,
            TickitTable.LISTING,
            TickitTable.SALE,
            TickitTable.SALE,
            TickitTable.SALE,
            TickitTable.SALE);
    /** No row's key, but for the moment when two rows change places. */
    private static final int SPARE_KEY = 0;

    private final Map<TickitTable.Server, Connection> connections = new EnumMap<>(TickitTable.Server.class);
    private final Map<TickitTable, Integer> lastKeys = new EnumMap<>(TickitTable.class);
    private final Random random;
    private final TickitRows rows;
    private long transactions;
    private long changes;

    TicketShop(TickitDatabases databases, int divisor, Random random) {
        this.random = random;
        this.rows = new TickitRows(random);
        for (TickitTable table : TickitTable.values()) {
            lastKeys.put(table, table.rows(divisor));
        }
        try {
            for (TickitTable.Server server : TickitTable.Server.values()) {
                Connection connection = databases.connection(server);
                connections.put(server, connection);
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("Cannot open the sample's databases: " + e.getMessage(), e);
        }
    }

    /** @return transactions so far, those included that were rolled back */
    public long transactions() {
        return transactions;
    }

    /** @return rows that committed transactions have inserted, updated or deleted */
    public long changes() {
        return changes;
    }

    /** One transaction on a random table. */
    public void change() {
        TickitTable table = CHANCES.get(random.nextInt(CHANCES.size()));
        Connection connection = connections.get(table.server);
        try {
            int changed = change(connection, table);
            transactions++;
            if (random.nextInt(20) == 0) {
                connection.rollback();
            } else {
                connection.commit();
                changes += changed;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot change " + table.sqlName + ": " + e.getMessage(), e);
        }
    }

    /**
     * Inserts a last row into one table of each database: when the lake has it, all that was done before is in the topics.
     *
     * @return the key of that row by the full name of its table
     */
    public Map<String, Integer> lastRows() {
        Map<String, Integer> keys = new TreeMap<>();
        for (TickitTable table : List.of(TickitTable.CATEGORY, TickitTable.DATE)) {
            try {
                Connection connection = connections.get(table.server);
                int key = nextKey(table);
                changes += insert(connection, table, key);
                connection.commit();
                keys.put(table.fullName(), key);
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot change " + table.sqlName + ": " + e.getMessage(), e);
            }
        }
        return keys;
    }

    @Override
    public void close() {
        for (Connection connection : connections.values()) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot close a connection: " + e.getMessage(), e);
            }
        }
    }

    private int change(Connection connection, TickitTable table) throws SQLException {
        switch (random.nextInt(table.keysMove ? 12 : 10)) {
            case 0, 1, 2:
                return insert(connection, table, nextKey(table));
            case 3:
                return delete(connection, table, anyKey(table));
            case 4:
                int taken = anyKey(table);
                return delete(connection, table, taken) + insert(connection, table, taken);
            case 5:
                return updateMany(connection, table);
            case 10:
                return moveKey(connection, table, anyKey(table), nextKey(table));
            case 11:
                return changePlaces(connection, table);
            default:
                return update(connection, table, anyKey(table));
        }
    }

    private int insert(Connection connection, TickitTable table, int key) throws SQLException {
        return run(connection, table.insert(), rows.row(table, key));
    }

    private int delete(Connection connection, TickitTable table, int key) throws SQLException {
        return run(connection, "DELETE FROM " + table.sqlName + " WHERE " + table.key + " = ?", key);
    }

    private int moveKey(Connection connection, TickitTable table, int from, int to) throws SQLException {
        return run(
                connection,
                "UPDATE " + table.sqlName + " SET " + table.key + " = ? WHERE " + table.key + " = ?",
                to,
                from);
    }

    private int changePlaces(Connection connection, TickitTable table) throws SQLException {
        int one = anyKey(table);
        int other = anyKey(table);
        if (one == other) {
            return 0;
        }
        return moveKey(connection, table, one, SPARE_KEY)
                + moveKey(connection, table, other, one)
                + moveKey(connection, table, SPARE_KEY, other);
    }

    private int update(Connection connection, TickitTable table, int key) throws SQLException {
        String sql = "UPDATE " + table.sqlName + " SET %s WHERE " + table.key + " = ?";
        return switch (table) {
            case CATEGORY -> run(connection, String.format(sql, "catdesc = ?"), "Changed " + transactions, key);
            case VENUE ->
                run(connection, String.format(sql, "venuecity = ?, venueseats = venueseats + 1"), city(), key);
            case EVENT -> updateEvent(connection, sql, key);
            case USER -> run(connection, String.format(sql, "city = ?, likejazz = NOT likejazz"), city(), key);
            case DATE -> run(connection, String.format(sql, "holiday = ?"), random.nextBoolean() ? 1 : null, key);
            case LISTING -> run(connection, String.format(sql, "priceperticket = ?, note = NULL"), rows.price(), key);
            case SALE -> run(connection, String.format(sql, "qtysold = qtysold + 1, pricepaid = ?"), rows.price(), key);
        };
    }

    /** Mostly without the long text, which PostgreSQL then leaves out of the change. */
    private int updateEvent(Connection connection, String sql, int key) throws SQLException {
        return random.nextInt(4) == 0
                ? run(connection, String.format(sql, "description = ?"), rows.longText(), key)
                : run(connection, String.format(sql, "eventname = ?"), rows.eventName(), key);
    }

    private int updateMany(Connection connection, TickitTable table) throws SQLException {
        int from = anyKey(table);
        String column =
                switch (table) {
                    case CATEGORY -> "catgroup = 'Many'";
                    case VENUE -> "venuestate = 'CA'";
                    case EVENT -> "catid = 1 + catid % 11";
                    case USER -> "credit = credit + 1.25";
                    case DATE -> "week = week + 1";
                    case LISTING -> "numtickets = numtickets + 1";
                    case SALE -> "commission = commission + 0.01";
                };
        return run(
                connection,
                "UPDATE " + table.sqlName + " SET " + column + " WHERE " + table.key + " BETWEEN ? AND ?",
                from,
                from + random.nextInt(30));
    }

    private static int run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            TickitDatabases.set(statement, values);
            return statement.executeUpdate();
        }
    }

    private String city() {
        return rows.city();
    }

    private int anyKey(TickitTable table) {
        return 1 + random.nextInt(lastKeys.get(table));
    }

    private int nextKey(TickitTable table) {
        return lastKeys.merge(table, 1, Integer::sum);
    }
}
