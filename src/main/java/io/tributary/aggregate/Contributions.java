package io.tributary.aggregate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a change of a row does to the figures: the old contribution out, the new one in. A pure function. */
final class Contributions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final GroupText groups;
    private final Windows windows;

    Contributions(GroupText groups, Windows windows) {
        this.groups = groups;
        this.windows = windows;
    }

    /**
     * @param before the values that are counted; null for none
     * @param after the values to count; null for none
     * @return at most two differences; none where the figures do not change
     */
    List<Delta> between(Object[] before, Object[] after) {
        if (before == null && after == null) {
            return Collections.emptyList();
        }
        List<Delta> deltas = new ArrayList<>(2);
        if (before != null && after != null && samePlace(before, after)) {
            add(deltas, after, figures(after).plus(figures(before).negated()));
            return deltas;
        }
        if (before != null) {
            add(deltas, before, figures(before).negated());
        }
        if (after != null) {
            add(deltas, after, figures(after));
        }
        return deltas;
    }

    private void add(List<Delta> deltas, Object[] values, Figures difference) {
        if (!difference.isZero()) {
            deltas.add(new Delta(groups.of(values), time(values), difference));
        }
    }

    private boolean samePlace(Object[] before, Object[] after) {
        return Arrays.equals(windows.startsOf(time(before)), windows.startsOf(time(after)))
                && groups.of(before).equals(groups.of(after));
    }

    private static Figures figures(Object[] values) {
        return Figures.ofRow(values[Slots.AMOUNT], values[Slots.QUANTITY]);
    }

    private static long time(Object[] values) {
        return values[Slots.TIME] instanceof Long ? (Long) values[Slots.TIME] : 0;
    }
}
