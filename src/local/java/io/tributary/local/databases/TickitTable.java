package io.tributary.local.databases;

/** A table of the sample, with the number of rows that the original sample has. */
enum TickitTable {
    CATEGORY(Server.POSTGRESQL, "ems.category", "catid", 4, 11),
    VENUE(Server.POSTGRESQL, "ems.venue", "venueid", 5, 202),
    EVENT(Server.POSTGRESQL, "ems.event", "eventid", 7, 8_798),
    USER(Server.POSTGRESQL, "crm.\"user\"", "userid", 21, 49_990),
    DATE(Server.MARIADB, "ecomm.date", "dateid", 8, 365),
    LISTING(Server.MARIADB, "ecomm.listing", "listid", 9, 192_497),
    SALE(Server.MARIADB, "ecomm.sale", "salesid", 10, 172_456);

    private static final String PREFIX = "tickit.";
    private static final int LEAST_ROWS = 10;

    /** Where a table lives. */
    enum Server {
        POSTGRESQL,
        MARIADB
    }

    final Server server;
    /** As SQL takes it, with its schema. */
    final String sqlName;

    final String key;
    /** Not where a moved row's long text would be left out of the change: only its old key would tell it. */
    final boolean keysMove;

    private final int columns;
    private final int rows;

    TickitTable(Server server, String sqlName, String key, int columns, int rows) {
        this.server = server;
        this.sqlName = sqlName;
        this.key = key;
        this.keysMove = !sqlName.equals("ems.event");
        this.columns = columns;
        this.rows = rows;
    }

    /** @return the name in the lake, which is that of the topic: {@code server.schema.table} */
    String fullName() {
        return PREFIX + sqlName.replace("\"", "");
    }

    /** @param divisor 1 for the original's size */
    int rows(int divisor) {
        return Math.max(Math.min(rows, LEAST_ROWS), rows / divisor);
    }

    /** @return an INSERT of a whole row, as {@link TickitRows} makes it */
    String insert() {
        String values = "?" + ", ?".repeat(columns - 1);
        return "INSERT INTO " + sqlName + " VALUES (" + (this == USER ? values + "::jsonb" : values) + ")";
    }
}
