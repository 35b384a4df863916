package io.tributary.debezium;

import io.tributary.source.RawRecord;

/**
 * {@code __source_position}: one text by which the events of a row sort in the order in which they happened,
 * {@code <ts_ms>|<log position>|<transport position>}, each part of fixed width.
 *
 * <ol>
 *   <li>The source's {@code ts_ms} comes first: it goes on where a log starts anew (a failover, a reset), and it orders
 *       snapshots, their repetitions and the stream among each other.
 *   <li>Then the log position, see {@link LogPosition}. MySQL's stream has whole seconds only, so this decides often.
 *   <li>Then the offset or sequence number: events of one row are in one partition, in order.
 * </ol>
 *
 * <p>Rows that a snapshot read from MySQL or MariaDB may carry milliseconds. They are cut to the second that the stream
 * has: an update of the same second must not look older than the snapshot that it came after.
 */
final class SourcePosition {
    private static final int TIME_DIGITS = 15;
    private static final long SECOND = 1000;

    private SourcePosition() {}

    static String of(Op op, EventHeader header, RawRecord record) {
        String log = log(header);
        long time = header.number(MetaField.TS_MS);
        if (op == Op.READ && hasWholeSeconds(header, log)) {
            time = Math.floorDiv(Math.max(0, time), SECOND) * SECOND;
        }
        return LogPosition.digits(time, TIME_DIGITS) + '|' + log + '|' + record.transportPosition();
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

    /**
     * A flattened row may not name its connector: with a schema it is not of MySQL, with another log position neither;
     * what is left is taken for MySQL's, the one that needs it.
     */
    private static boolean hasWholeSeconds(EventHeader header, String log) {
        String connector = header.text(MetaField.CONNECTOR);
        if (connector != null) {
            return connector.equals("mysql") || connector.equals("mariadb");
        }
        return header.text(MetaField.SCHEMA) == null
                && (log.equals(LogPosition.NONE) || header.text(MetaField.FILE) != null);
    }
}
