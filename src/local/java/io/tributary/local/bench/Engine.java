package io.tributary.local.bench;

/** Whose job it is that writes the load into the lake. */
enum Engine {
    TRIBUTARY("tributary"),
    /** A statement set of {@code INSERT INTO <Hudi table> SELECT * FROM <topic>}. */
    FLINK_SQL("flink sql");

    private final String text;

    Engine(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
