package io.tributary.debezium;

import io.tributary.source.RawRecord;

/**
 * {@code __source_position}: one text by which the events of a row sort in the order in which they happened,
 * {@code <ts_ms>|<log position>|<transport position>}, each part of fixed width.
 *
 * <ol>
 *   <li>The source's {@code ts_ms} comes first: it goes on where a log starts anew (a failover, a reset), and all forms of
 *       events have it. A clock can be set back, though, and a snapshot's rows are older than the time at which they were
 *       read: which time an event counts as of is told by {@link StreamedTimes}.
 *   <li>Then the log position, see {@link LogPosition}. MySQL's stream has whole seconds only, so this decides often.
 *   <li>Then the offset or sequence number: events of one row are in one partition, in order.
 * </ol>
 */
final class SourcePosition {
    private static final int TIME_DIGITS = 15;

    private SourcePosition() {}

    /** @param time the milliseconds since the epoch that the event counts as of; negative ones as 0 */
    static String of(long time, EventHeader header, RawRecord record) {
        return LogPosition.digits(time, TIME_DIGITS) + '|' + log(header) + '|' + record.transportPosition();
    }

    private static String log(EventHeader header) {
        if (header.mysqlPlace() != null) {
            return header.mysqlPlace();
        }
        if (header.has(MetaField.LSN)) {
            return LogPosition.postgres(header.number(MetaField.LSN), header.number(MetaField.TOTAL_ORDER));
        }
        if (header.text(MetaField.CHANGE_LSN) != null) {
            return LogPosition.sqlServer(header.text(MetaField.CHANGE_LSN), header.number(MetaField.EVENT_SERIAL_NO));
        }
        return LogPosition.NONE;
    }
}
