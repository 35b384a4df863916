package io.tributary.debezium;

/**
 * The place of an event in the order in which its connector reads the log, as text that sorts so. That is the order of
 * commits, not always that of {@link LogPosition}: a long transaction of PostgreSQL or SQL Server has positions from before
 * transactions that were committed earlier.
 */
final class LogOrder {
    private LogOrder() {}

    /** @return null where the event does not tell */
    static String of(Op op, EventHeader header) {
        String place = header.mysqlPlace();
        if (place != null) {
            return place.equals(LogPosition.NONE) ? null : place;
        }
        if (header.has(MetaField.LSN)) {
            return postgres(op, header.text(MetaField.SEQUENCE), header.number(MetaField.LSN));
        }
        if (header.text(MetaField.COMMIT_LSN) != null) {
            return sqlServer(header);
        }
        return null;
    }

    /**
     * @param sequence {@code ["<LSN of the last commit before>","<LSN>"]}; before the first commit null stands for the first
     *     (https://debezium.io/documentation/reference/2.7/connectors/postgresql.html#postgresql-create-events)
     */
    private static String postgres(Op op, String sequence, long lsn) {
        if (op == Op.READ) {
            return hex(lsn);
        }
        if (sequence == null || !sequence.startsWith("[\"")) {
            return null;
        }
        int end = sequence.indexOf('"', 2);
        try {
            return hex(Long.parseUnsignedLong(sequence, 2, Math.max(end, 2), 10)) + '.' + hex(lsn);
        } catch (NumberFormatException notALsn) {
            return null;
        }
    }

    private static String sqlServer(EventHeader header) {
        String commit = LogPosition.sqlServer(header.text(MetaField.COMMIT_LSN), 0);
        if (commit.equals(LogPosition.NONE)) {
            return null;
        }
        String change = header.text(MetaField.CHANGE_LSN);
        return change == null
                ? commit
                : commit + LogPosition.sqlServer(change, header.number(MetaField.EVENT_SERIAL_NO));
    }

    private static String hex(long unsigned) {
        String hex = Long.toHexString(unsigned);
        return "0".repeat(16 - hex.length()) + hex;
    }
}
