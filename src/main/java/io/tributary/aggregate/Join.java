package io.tributary.aggregate;

import java.io.Serializable;

/** How a row gets values of a dimension row: which slot holds its key, and which slots are filled. Immutable. */
final class Join implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Node dimension;
    private final int keySlot;
    private final int[] to;
    private final int[] from;

    Join(Node dimension, int keySlot, int[] to, int[] from) {
        this.dimension = dimension;
        this.keySlot = keySlot;
        this.to = to;
        this.from = from;
    }

    Node dimension() {
        return dimension;
    }

    /** @return the slot that holds the key of the dimension row */
    int keySlot() {
        return keySlot;
    }

    /** @return the slots of the dimension row that are looked up */
    int[] from() {
        return from;
    }

    /** @return the row's values with those of the dimension row; {@code unknown} where that is null */
    Object[] fill(Object[] values, Object[] dimensionRow) {
        return Slots.fill(values, to, dimensionRow, from);
    }

    /**
     * @return the key of the dimension row, marked; a row without one is its own key, so that such rows do not all meet
     *     in one place
     */
    String keyOf(RowChange row) {
        Object key = row.value(keySlot);
        return key instanceof String ? keyOf((String) key) : "!" + row.key();
    }

    /** @return what {@link #keyOf(RowChange)} gives for rows that refer to the dimension row with this key */
    static String keyOf(String dimensionKey) {
        return "=" + dimensionKey;
    }

    /** @return whether the row refers to a dimension row at all */
    boolean refers(RowChange row) {
        return row.value(keySlot) instanceof String;
    }
}
