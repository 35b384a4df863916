package io.tributary.chaos;

import java.util.List;
import java.util.Map;

/**
 * One change as a connector sees it.
 *
 * @param columns of the table at that time
 * @param version of the columns
 * @param op Debezium's code
 * @param before null where the event has none
 * @param after null where the event has none
 * @param unavailable the column of the after-image that was not read from the log; null for none
 */
record Change(
        ModelTable table,
        List<ModelColumn> columns,
        int version,
        String op,
        Map<String, Object> before,
        Map<String, Object> after,
        String unavailable,
        LogPlace place) {

    /** @return the image that has the event's key; null for a truncate */
    Map<String, Object> keyImage() {
        return after != null ? after : before;
    }
}
