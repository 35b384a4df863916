package io.tributary.local.databases;

import java.util.List;

/**
 * How a table of the lake differs from the database's.
 *
 * @param table full name
 * @param databaseRows rows in the database
 * @param lakeRows live rows in the lake
 * @param differing rows that only one of the two has, or that have another value in a column
 * @param examples the first of these, one line each
 */
public record TableDifference(String table, long databaseRows, long lakeRows, long differing, List<String> examples) {
    public boolean isEqual() {
        return differing == 0 && databaseRows == lakeRows;
    }
}
