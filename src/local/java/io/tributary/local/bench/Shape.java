package io.tributary.local.bench;

import java.util.List;

/**
 * The tables of the TICKIT sample: columns, and how many rows the original has. Each has one column more than the
 * original, {@value #CHANGED}: when the row was last changed.
 */
enum Shape {
    SALE(
            "ecomm",
            "sale",
            172_456,
            "salesid:INT listid:INT sellerid:INT buyerid:INT eventid:INT dateid:INT qtysold:INT pricepaid:DECIMAL"
                    + " commission:DECIMAL saletime:TIMESTAMP"),
    LISTING(
            "ecomm",
            "listing",
            192_497,
            "listid:INT sellerid:INT eventid:INT dateid:INT numtickets:INT priceperticket:DECIMAL totalprice:DECIMAL"
                    + " listtime:TIMESTAMP"),
    USER(
            "crm",
            "user",
            49_990,
            "userid:INT username:TEXT firstname:TEXT lastname:TEXT city:TEXT state:TEXT email:TEXT phone:TEXT"
                    + " likesports:BOOLEAN liketheatre:BOOLEAN likeconcerts:BOOLEAN likejazz:BOOLEAN"
                    + " likeclassical:BOOLEAN likeopera:BOOLEAN likerock:BOOLEAN likevegas:BOOLEAN"
                    + " likebroadway:BOOLEAN likemusicals:BOOLEAN"),
    EVENT("ems", "event", 8_798, "eventid:INT venueid:INT catid:INT dateid:INT eventname:TEXT starttime:TIMESTAMP"),
    DATE(
            "ecomm",
            "date",
            365,
            "dateid:INT caldate:TEXT day:TEXT week:INT month:TEXT qtr:TEXT year:INT holiday:BOOLEAN"),
    VENUE("ems", "venue", 202, "venueid:INT venuename:TEXT venuecity:TEXT venuestate:TEXT venueseats:INT"),
    CATEGORY("ems", "category", 11, "catid:INT catgroup:TEXT catname:TEXT catdesc:TEXT");

    /** Milliseconds since the epoch; the lake's content and freshness are checked by it. */
    static final String CHANGED = "changed_ms";

    private final String database;
    private final String table;
    private final int rows;
    private final List<Column> columns;

    Shape(String database, String table, int rows, String columns) {
        this.database = database;
        this.table = table;
        this.rows = rows;
        this.columns = Column.parse(columns + " " + CHANGED + ":LONG");
    }

    String database() {
        return database;
    }

    String table() {
        return table;
    }

    /** @return the rows of the original */
    int rows() {
        return rows;
    }

    /** @return the columns; the first one is the key */
    List<Column> columns() {
        return columns;
    }
}
