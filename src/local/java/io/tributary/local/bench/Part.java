package io.tributary.local.bench;

import java.util.Locale;

/** The parts of the benchmark, which can be run alone. */
enum Part {
    /** All rows into an empty lake. */
    SNAPSHOT,
    /** Updates of random rows of the lake that the snapshot left. */
    UPDATES,
    /** A steady load, and how old a change is when it is committed. */
    FRESHNESS,
    /** Decoding alone, without any cluster. */
    DECODE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
