package io.tributary.debezium;

import java.io.Serializable;
import java.util.Objects;

/** A source table. Its full name is {@code server.schema.table}, which is also Debezium's default topic. Immutable. */
public final class TableId implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String server;
    private final String database;
    private final String schema;
    private final String table;
    private final String fullName;

    /**
     * @param server Debezium's logical name ({@code topic.prefix})
     * @param database the database; null where the event does not name it
     * @param schema the schema; null for databases that have none (MySQL, MariaDB)
     * @param table the table
     */
    public TableId(String server, String database, String schema, String table) {
        this.server = Objects.requireNonNull(server, "server");
        this.database = database;
        this.schema = schema;
        this.table = Objects.requireNonNull(table, "table");
        String middle = schema != null ? schema : database;
        this.fullName = middle == null ? server + "." + table : server + "." + middle + "." + table;
    }

    public String server() {
        return server;
    }

    /** @return the database, or null */
    public String database() {
        return database;
    }

    /** @return the schema, or null */
    public String schema() {
        return schema;
    }

    public String table() {
        return table;
    }

    /** @return {@code server.schema.table}; the database stands for the schema where there is none */
    public String fullName() {
        return fullName;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TableId)) {
            return false;
        }
        TableId that = (TableId) other;
        return fullName.equals(that.fullName) && Objects.equals(database, that.database);
    }

    @Override
    public int hashCode() {
        return fullName.hashCode();
    }

    @Override
    public String toString() {
        return fullName;
    }
}
