package io.tributary.aggregate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table that an aggregate reads: its own table at the root, dimensions below it. Says which columns are read, and where
 * in the row's {@link Slots} each of them, and each value that is looked up, has its place. Immutable.
 */
final class Node implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String label;
    private final String table;
    private final boolean root;
    private final int width;
    private final List<ColumnUse> columns;
    private final List<Join> joins;

    private Node(String label, String table, boolean root, int width, List<ColumnUse> columns, List<Join> joins) {
        this.label = label;
        this.table = table;
        this.root = root;
        this.width = width;
        this.columns = Collections.unmodifiableList(columns);
        this.joins = Collections.unmodifiableList(joins);
    }

    /** @return the aggregate's table, with its dimensions */
    static Node rootOf(AggregateSpec spec) {
        List<ColumnUse> columns = new ArrayList<>();
        columns.add(new ColumnUse(spec.amount(), ColumnUse.Role.AMOUNT, Slots.AMOUNT));
        if (spec.quantity() != null) {
            columns.add(new ColumnUse(spec.quantity(), ColumnUse.Role.AMOUNT, Slots.QUANTITY));
        }
        if (spec.timeColumn() != null) {
            columns.add(new ColumnUse(spec.timeColumn(), ColumnUse.Role.TIME, Slots.TIME));
        }
        return build(spec, null, "sale", spec.table(), columns, Slots.GROUP);
    }

    private static Node build(
            AggregateSpec spec, String alias, String label, String table, List<ColumnUse> columns, int first) {
        List<Integer> groups = groupsBelow(spec, alias);
        for (int i = 0; i < groups.size(); i++) {
            GroupColumn group = spec.groupBy().get(groups.get(i));
            if (alias == null ? group.alias() == null : alias.equals(group.alias())) {
                columns.add(new ColumnUse(group.column(), ColumnUse.Role.GROUP, first + i));
            }
        }
        int next = first + groups.size();
        List<Join> joins = new ArrayList<>();
        for (Dimension dimension : spec.dimensions().values()) {
            if (alias == null ? dimension.parent() == null : alias.equals(dimension.parent())) {
                columns.add(new ColumnUse(dimension.column(), ColumnUse.Role.JOIN, next));
                List<Integer> found = groupsBelow(spec, dimension.alias());
                int[] to = new int[found.size()];
                int[] from = new int[found.size()];
                for (int i = 0; i < to.length; i++) {
                    to[i] = first + groups.indexOf(found.get(i));
                    from[i] = i;
                }
                Node child = build(spec, dimension.alias(), dimension.alias(), dimension.table(), new ArrayList<>(), 0);
                joins.add(new Join(child, next++, to, from));
            }
        }
        return new Node(label, table, alias == null, next, columns, joins);
    }

    /** @return the indexes in group.by of the columns that the dimension, or one behind it, provides */
    private static List<Integer> groupsBelow(AggregateSpec spec, String alias) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < spec.groupBy().size(); i++) {
            String link = spec.groupBy().get(i).alias();
            while (link != null && !link.equals(alias)) {
                link = spec.dimensions().get(link).parent();
            }
            if (alias == null || link != null) {
                found.add(i);
            }
        }
        return found;
    }

    /** @return {@code sale} for the root, else the dimension's alias; part of operator names */
    String label() {
        return label;
    }

    String table() {
        return table;
    }

    boolean isRoot() {
        return root;
    }

    /** @return how many slots a row has */
    int width() {
        return width;
    }

    List<ColumnUse> columns() {
        return columns;
    }

    List<Join> joins() {
        return joins;
    }

    /** @return the slots of the keys of dimension rows */
    int[] keySlots() {
        return joins.stream().mapToInt(Join::keySlot).toArray();
    }
}
