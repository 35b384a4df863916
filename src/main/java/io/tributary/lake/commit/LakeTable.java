package io.tributary.lake.commit;

import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.List;

/** A table as its coordinator sees it: a timeline of instants, and the widest schema so far. Used by one thread at a time. */
public interface LakeTable {
    /** What the timeline says of an instant. */
    enum InstantState {
        PENDING,
        COMMITTED,
        /** Neither: it was rolled back. */
        GONE
    }

    TableSchema schema();

    /** Widens the schema, if need be, so that it takes rows of another; the next commit stores it. */
    void widen(TableSchema needed);

    /** @return a new instant, later than all before; it is on the timeline as inflight */
    String begin() throws IOException;

    InstantState state(String instant) throws IOException;

    /** Commits what was written into an instant. */
    void commit(String instant, List<PendingWrite> writes) throws IOException;

    /** Cleans and archives, if it is time to; may run beside everything else. */
    void maintain() throws IOException;
}
