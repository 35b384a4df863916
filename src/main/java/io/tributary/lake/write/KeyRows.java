package io.tributary.lake.write;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;

/**
 * The rows of one key that wait to be written: the newest complete one and whatever may still add to it. Nearly always
 * that is one row. An incomplete row (a delete, unchanged TOASTed columns) does not replace older ones: they hold the
 * values that it lacks. A row that comes again is kept once.
 */
final class KeyRows {
    private Buffered newest;
    /** By position, all between the newest complete row and the newest one; null for none. */
    private TreeMap<String, Buffered> others;

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
        int order = added.row.position().compareTo(newest.row.position());
        if (order == 0 || order < 0 && newest.row.complete()) {
            return 0;
        }
        if (order < 0) {
            return keep(added);
        }
        Buffered previous = newest;
        newest = added;
        int replaced = -previous.row.heapBytes();
        if (added.row.complete()) {
            replaced -= bytes(others());
            others = null;
        } else {
            replaced += keep(previous);
        }
        return added.row.heapBytes() + replaced;
    }

    /** @return by how many bytes of heap the others have grown: a complete row makes older ones needless */
    private int keep(Buffered row) {
        String position = row.row.position();
        if (others == null) {
            others = new TreeMap<>();
        }
        if (others.containsKey(position) || hasCompleteAfter(position)) {
            return 0;
        }
        int needless = 0;
        if (row.row.complete()) {
            needless = bytes(others.headMap(position).values());
            others.headMap(position).clear();
        }
        others.put(position, row);
        return row.row.heapBytes() - needless;
    }

    /** Only the oldest can be complete: what was older than a complete row has been dropped. */
    private boolean hasCompleteAfter(String position) {
        return !others.isEmpty()
                && others.firstEntry().getValue().row.complete()
                && others.firstKey().compareTo(position) > 0;
    }

    private static int bytes(Collection<Buffered> rows) {
        int bytes = 0;
        for (Buffered row : rows) {
            bytes += row.row.heapBytes();
        }
        return bytes;
    }

    Buffered newest() {
        return newest;
    }

    /** @return rows besides the newest, the oldest first */
    Collection<Buffered> others() {
        return others == null ? Collections.emptyList() : others.values();
    }
}
