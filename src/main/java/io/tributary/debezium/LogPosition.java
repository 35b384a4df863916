package io.tributary.debezium;

import java.util.Locale;

/**
 * A place in a source's log as text of fixed width: within one kind, text order is log order. Each kind starts with a
 * letter of its own, and {@link #NONE} sorts before all of them: a snapshot row without a place is older than a change
 * of the same millisecond. Across kinds the order is fixed but means nothing; one table has one kind of source, and
 * where that is changed the time before it decides.
 */
final class LogPosition {
    static final String NONE = "-";

    private static final int FILE_DIGITS = 10;
    private static final int POS_DIGITS = 12;
    private static final int ROW_DIGITS = 8;
    private static final int ORDER_DIGITS = 10;
    private static final int SQL_SERVER_LSN_LENGTH = 22;

    private LogPosition() {}

    /**
     * MySQL and MariaDB (https://debezium.io/documentation/reference/2.7/connectors/mysql.html#mysql-create-events). Binlog
     * files are numbered: {@code binlog.000010} comes after {@code binlog.000009}, and {@code binlog.1000000} after
     * {@code binlog.999999}. The rows of one statement share {@code pos}.
     *
     * @param file whose number is what follows the last dot
     * @return {@link #NONE} where the file has no number
     */
    static String mysql(String file, long pos, long row) {
        String number = file.substring(file.lastIndexOf('.') + 1);
        if (number.isEmpty() || number.length() > 18 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return NONE;
        }
        return 'm'
                + digits(Long.parseLong(number), FILE_DIGITS)
                + '.'
                + digits(pos, POS_DIGITS)
                + '.'
                + digits(row, ROW_DIGITS);
    }

    /**
     * PostgreSQL (https://debezium.io/documentation/reference/2.7/connectors/postgresql.html#postgresql-create-events).
     *
     * @param lsn an unsigned number
     * @param totalOrder the place inside the transaction, where the connector provides transaction metadata; else any
     *     negative number
     */
    static String postgres(long lsn, long totalOrder) {
        String hex = Long.toHexString(lsn);
        return 'p' + "0".repeat(16 - hex.length()) + hex + '.' + digits(totalOrder, ORDER_DIGITS);
    }

    /**
     * SQL Server (https://debezium.io/documentation/reference/2.7/connectors/sqlserver.html#sqlserver-create-events).
     *
     * @param changeLsn {@code 00000027:00000758:0003}, hexadecimal
     * @param eventSerial tells the events of one change apart; negative where it is not known
     * @return {@link #NONE} where that is no LSN
     */
    static String sqlServer(String changeLsn, long eventSerial) {
        String lsn = changeLsn.toLowerCase(Locale.ROOT);
        boolean isLsn = lsn.length() == SQL_SERVER_LSN_LENGTH
                && lsn.charAt(8) == ':'
                && lsn.charAt(17) == ':'
                && lsn.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c == ':');
        return isLsn ? 's' + lsn + '.' + digits(eventSerial, ORDER_DIGITS) : NONE;
    }

    /** @return the number with zeros before it; negative ones as zero, and too large ones as the largest */
    static String digits(long number, int width) {
        String text = Long.toString(Math.max(0, number));
        return text.length() > width ? "9".repeat(width) : "0".repeat(width - text.length()) + text;
    }
}
