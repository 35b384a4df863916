package io.tributary.chaos;

/** A column of the model database. */
record ModelColumn(String name, ColumnKind kind, boolean nullable) {
    static ModelColumn of(String name, ColumnKind kind) {
        return new ModelColumn(name, kind, false);
    }

    static ModelColumn nullable(String name, ColumnKind kind) {
        return new ModelColumn(name, kind, true);
    }
}
