package io.tributary.local.bench;

import java.util.Arrays;
import java.util.List;

/** A column of a table of the load. */
record Column(String name, ColumnKind kind) {
    /** @param text {@code name:KIND} for each column, separated by blanks */
    static List<Column> parse(String text) {
        return Arrays.stream(text.trim().split("\\s+"))
                .map(each -> each.split(":"))
                .map(parts -> new Column(parts[0], ColumnKind.valueOf(parts[1])))
                .toList();
    }
}
