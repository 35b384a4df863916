package io.tributary.debezium;

/** What happened to a row, by Debezium's codes (the {@code op} field of the envelope). */
public enum Op {
    /** Read by a snapshot. */
    READ("r"),
    CREATE("c"),
    UPDATE("u"),
    DELETE("d"),
    /** All rows of the table were removed at once; the event has no row and no key. */
    TRUNCATE("t");

    private final String code;

    Op(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** @return the operation, or null for a code that is none of these (e.g. {@code m}, a logical message) */
    public static Op of(String code) {
        for (Op op : values()) {
            if (op.code.equals(code)) {
                return op;
            }
        }
        return null;
    }
}
