package io.tributary.local.query;

/**
 * Which state of the lake is read, and how much of it. Instants are Hudi's ({@code yyyyMMddHHmmssSSS}) or ISO times.
 *
 * @param asOf the last instant that counts; null for the newest
 * @param since only rows that were written after this instant; null for all
 * @param deleted whether softly deleted rows are shown
 * @param meta whether the columns are shown that Hudi and the job add
 */
public record ReadOptions(String asOf, String since, boolean deleted, boolean meta) {
    /** The live rows of the newest state, the table's own columns. */
    public static final ReadOptions LIVE = new ReadOptions(null, null, false, false);

    public ReadOptions asOf(String instant) {
        return new ReadOptions(instant, since, deleted, meta);
    }

    /** Rows whose last write is after the instant. */
    public ReadOptions since(String instant) {
        return new ReadOptions(asOf, instant, deleted, meta);
    }

    /** The end of a range that begins with {@link #since}; the state is read as it was then. */
    public ReadOptions until(String instant) {
        return asOf(instant);
    }

    public ReadOptions withDeleted() {
        return new ReadOptions(asOf, since, true, meta);
    }

    public ReadOptions withMeta() {
        return new ReadOptions(asOf, since, deleted, true);
    }
}
