package io.tributary.debezium;

import io.tributary.source.RawRecord;

/**
 * {@code __source_position}: one text by which the events of a row sort in the order in which they happened,
 * {@code <ts_ms>|<log position>|<transport position>}, each part of fixed width.
 *
 * <ol>
 *   <li>The source's {@code ts_ms} comes first: it goes on where a log starts anew (a failover, a reset), and all forms of
 *       events have it. A row that a snapshot has read counts as of the newest change that was streamed before it in its
 *       partition, see {@link StreamedTimes}: 0 for a first snapshot; or as of its own time where that is older, when an old
 *       message is sent again.
 *   <li>Then the log position, see {@link LogPosition}. MySQL's stream has whole seconds only, so this decides often.
 *   <li>Then the offset or sequence number: events of one row are in one partition, in order.
 * </ol>
 */
final class SourcePosition {
    private static final int TIME_DIGITS = 15;

    private SourcePosition() {}

    /** @param streamedTsMs the newest streamed {@code ts_ms} before this event in its partition, of the same table */
    static String of(Op op, EventHeader header, RawRecord record, long streamedTsMs) {
        long tsMs = header.number(MetaField.TS_MS);
        long time = op == Op.READ ? Math.min(tsMs, streamedTsMs) : tsMs;
        return LogPosition.digits(time, TIME_DIGITS) + '|' + log(header) + '|' + record.transportPosition();
    }

    private static String log(EventHeader header) {
        if (header.text(MetaField.FILE) != null && header.has(MetaField.POS)) {
            return LogPosition.mysql(
                    header.text(MetaField.FILE), header.number(MetaField.POS), header.number(MetaField.ROW));
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
