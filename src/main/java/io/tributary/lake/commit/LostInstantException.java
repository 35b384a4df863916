package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import java.io.IOException;

/**
 * The restored state holds writes whose instant is not on the table's timeline any more: another run of the job has rolled
 * it back. Going on would lose them, since the source is past them.
 */
final class LostInstantException extends IOException {
    private static final long serialVersionUID = 1L;

    LostInstantException(TableId table, String instant) {
        super("table " + table + ": the restored checkpoint holds writes of instant " + instant
                + ", which has been rolled back, most likely by a job that was started on this lake in between. Going on"
                + " would lose them. Restore an older checkpoint, or start without state and Source.start=earliest:"
                + " rows that are in the lake already are not applied twice.");
    }
}
