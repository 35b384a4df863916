package io.tributary.chaos;

/**
 * Where a change is in its source's log, and when it was made; each source uses those it has.
 *
 * @param tsMs as the source block has it
 * @param snapshot whether a snapshot has read it
 * @param lsn of the change: PostgreSQL's, or the number in SQL Server's
 * @param commit of the transaction (SQL Server) or of the one before it (PostgreSQL)
 * @param transaction its number
 * @param order the place inside the transaction, from one
 * @param file number of MySQL's binlog
 */
record LogPlace(
        long tsMs, boolean snapshot, long lsn, long commit, long transaction, int order, int file, long pos, int row) {}
