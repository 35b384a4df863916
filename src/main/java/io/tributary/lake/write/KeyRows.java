package io.tributary.lake.write;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The rows of one key that wait to be written: the newest complete one and whatever may still add to it. Nearly always
 * that is one row. An incomplete row (a delete, unchanged TOASTed columns) does not replace older ones: they hold the
 * values that it lacks.
 */
final class KeyRows {
    private Buffered newest;
    private List<Buffered> others;

    /** A row with its schema. */
    static final class Buffered {
        private final LakeRow row;
        private final RowSchemaRef schema;

        Buffered(LakeRow row, RowSchemaRef schema) {
            this.row = row;
            this.schema = schema;
        }

        LakeRow row() {
            return row;
        }

        RowSchemaRef schema() {
            return schema;
        }
    }

    /** @return by how many bytes of heap the key's rows have grown; negative where they have shrunk */
    int add(Buffered added) {
        if (newest == null) {
            newest = added;
            return added.row.heapBytes();
        }
        int before = heapBytes();
        boolean newer = added.row.position().compareTo(newest.row.position()) >= 0;
        if (newer) {
            Buffered previous = newest;
            newest = added;
            if (!added.row.complete()) {
                keep(previous);
            }
        } else if (!newest.row.complete()) {
            keep(added);
        }
        dropReplaced();
        return heapBytes() - before;
    }

    private void keep(Buffered row) {
        if (others == null) {
            others = new ArrayList<>(2);
        }
        others.add(row);
    }

    /** Rows older than the newest complete one cannot add anything any more. */
    private void dropReplaced() {
        if (others == null) {
            return;
        }
        if (newest.row.complete()) {
            others = null;
            return;
        }
        String complete = null;
        for (Buffered other : others) {
            if (other.row.complete()
                    && (complete == null || other.row.position().compareTo(complete) > 0)) {
                complete = other.row.position();
            }
        }
        if (complete != null) {
            String oldest = complete;
            others.removeIf(other -> other.row.position().compareTo(oldest) < 0);
        }
    }

    Buffered newest() {
        return newest;
    }

    /** @return rows besides the newest, in no order */
    List<Buffered> others() {
        return others == null ? Collections.emptyList() : others;
    }

    private int heapBytes() {
        int bytes = newest.row.heapBytes();
        for (Buffered other : others()) {
            bytes += other.row.heapBytes();
        }
        return bytes;
    }
}
