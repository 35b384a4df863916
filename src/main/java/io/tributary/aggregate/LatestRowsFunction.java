package io.tributary.aggregate;

import org.apache.flink.util.Collector;

/**
 * Puts the versions of rows that refer to dimensions, or are dimension rows, in order: each row is sent on once per
 * version, never an older one after a newer, and complete. When a row turns to another dimension row, or is forgotten,
 * it takes its leave of the one before, which may remember it.
 */
final class LatestRowsFunction extends LatestRowFunction<RowChange> {
    private static final long serialVersionUID = 1L;

    private final Windows windows;
    private final int[] keySlots;
    private final boolean expires;
    private final boolean retroactive;

    LatestRowsFunction(AggregateSpec spec, Node node) {
        super(spec);
        this.windows = spec.windows();
        this.keySlots = node.keySlots();
        this.expires = node.isRoot();
        this.retroactive = spec.isRetroactive();
    }

    /** Rows of dimensions are kept as long as they exist. */
    @Override
    long expiryOf(Object[] values) {
        return expires && values[Slots.TIME] instanceof Long
                ? windows.closedFor((Long) values[Slots.TIME])
                : Windows.NEVER;
    }

    @Override
    boolean admits(RowChange change, Remembered known, ReadOnlyContext context) {
        return change.kind() == RowChange.Kind.PUT;
    }

    @Override
    void replaced(Object[] before, RowChange after, Collector<RowChange> out) {
        if (before != null && after.kind() == RowChange.Kind.PUT && !Slots.same(before, after.values(), keySlots)) {
            out.collect(parting(RowChange.Kind.LEAVE, after.key(), after.position(), before));
        }
        out.collect(after);
    }

    @Override
    void forgotten(String key, Remembered row, Collector<RowChange> out) {
        if (retroactive && row.isCounted()) {
            out.collect(parting(RowChange.Kind.FORGET, key, row.position(), row.values()));
        }
    }

    private static RowChange parting(RowChange.Kind kind, String key, String position, Object[] values) {
        return new RowChange(kind, key, position, false, values, null);
    }
}
