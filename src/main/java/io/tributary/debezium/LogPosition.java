package io.tributary.debezium;

import java.util.Arrays;
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
    private static final int MYSQL_LENGTH = 1 + FILE_DIGITS + 1 + POS_DIGITS + 1 + ROW_DIGITS;
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
        int start = file.lastIndexOf('.') + 1;
        int length = file.length() - start;
        if (length == 0 || length > 18) {
            return NONE;
        }
        long number = 0;
        for (int i = start; i < file.length(); i++) {
            char digit = file.charAt(i);
            if (digit < '0' || digit > '9') {
                return NONE;
            }
            number = number * 10 + digit - '0';
        }
        char[] text = new char[MYSQL_LENGTH];
        text[0] = 'm';
        int end = digits(number, FILE_DIGITS, text, 1);
        text[end++] = '.';
        end = digits(pos, POS_DIGITS, text, end);
        text[end++] = '.';
        digits(row, ROW_DIGITS, text, end);
        return new String(text);
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
        char[] text = new char[width];
        digits(number, width, text, 0);
        return new String(text);
    }

    /** Writes what {@link #digits(long, int)} tells into the text, and returns where it ends. */
    private static int digits(long number, int width, char[] text, int start) {
        long rest = Math.max(0, number);
        int end = start + width;
        for (int i = end - 1; i >= start; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        if (rest > 0) {
            Arrays.fill(text, start, end, '9');
        }
        return end;
    }
}
