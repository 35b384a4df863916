package io.tributary.lake.commit;

import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.protocol.WrittenFile;

/** What commits of one table have brought into it. Immutable. */
final class Committed {
    static final Committed NOTHING = new Committed(WriteCounts.NONE, 0, 0, 0, 0, 0);

    private final WriteCounts counts;
    private final long files;
    private final long bytes;
    private final long rows;
    private final long changedRows;
    private final long millis;

    private Committed(WriteCounts counts, long files, long bytes, long rows, long changedRows, long millis) {
        this.counts = counts;
        this.files = files;
        this.bytes = bytes;
        this.rows = rows;
        this.changedRows = changedRows;
        this.millis = millis;
    }

    /** @return this and one write more */
    Committed plus(PendingWrite write) {
        Committed sum = new Committed(counts.plus(write.counts()), files, bytes, rows, changedRows, millis);
        for (WrittenFile file : write.files()) {
            sum = new Committed(
                    sum.counts,
                    sum.files + 1,
                    sum.bytes + file.bytes(),
                    sum.rows + file.rows(),
                    sum.changedRows + file.inserts() + file.updates() + file.deletes(),
                    sum.millis);
        }
        return sum;
    }

    Committed plus(Committed other) {
        return new Committed(
                counts.plus(other.counts),
                files + other.files,
                bytes + other.bytes,
                rows + other.rows,
                changedRows + other.changedRows,
                millis + other.millis);
    }

    /** @return the same, that took so many milliseconds */
    Committed took(long milliseconds) {
        return new Committed(counts, files, bytes, rows, changedRows, milliseconds);
    }

    /** @return how long it took, in milliseconds */
    long millis() {
        return millis;
    }

    WriteCounts counts() {
        return counts;
    }

    /** @return changes, those included that a newer one of the same commit replaced */
    long events() {
        return counts.events();
    }

    long files() {
        return files;
    }

    /** @return bytes of the files */
    long bytes() {
        return bytes;
    }

    /** @return rows in the files per row that is new, changed or deleted in them; 0 without files */
    double rewriteAmplification() {
        return rows == 0 ? 0 : (double) rows / Math.max(1, changedRows);
    }

    @Override
    public String toString() {
        return events() + " events more in " + files + " files of " + bytes + " bytes, after " + millis + " ms";
    }
}
