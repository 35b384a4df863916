package io.tributary.catalog;

import io.tributary.lake.Changes;
import io.tributary.lake.write.SmallLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A lake of one table, {@code shop.public.item}, whose columns change. */
final class Descriptions {
    static final String TABLE = "shop.public.item";
    static final Changes ITEM = Changes.of("item");
    /** A column more, and wider types of {@code id}. */
    static final Changes WIDER = Changes.of(
            "item",
            "id \"long\"",
            "name " + Changes.NULLABLE_TEXT,
            "notes " + Changes.NULLABLE_TEXT,
            "Stock [\"null\",\"int\"]");

    private Descriptions() {}

    static SmallLake lake(Path directory) {
        return new SmallLake(directory, ITEM.table());
    }

    static SmallLake partitioned(Path directory) {
        return new SmallLake(directory, ITEM.table(), Map.of(), Map.of("partition", "name"));
    }

    static void widen(SmallLake lake) throws IOException {
        lake.commit(WIDER.upsert(10, 10, "ten", "x", 3));
    }
}
