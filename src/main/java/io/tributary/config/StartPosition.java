package io.tributary.config;

import java.util.Objects;

/** Where a job without restored state begins to read: the value of {@link SourceOptions#START}. Immutable. */
public final class StartPosition {
    public static final String ALLOWED = "earliest, latest, committed, timestamp:MS (milliseconds since 1970)";

    private static final String TIMESTAMP_PREFIX = "timestamp:";

    /** The kinds of positions. */
    public enum Kind {
        EARLIEST,
        LATEST,
        COMMITTED,
        TIMESTAMP
    }

    private final Kind kind;
    private final long timestamp;

    private StartPosition(Kind kind, long timestamp) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.timestamp = timestamp;
    }

    /** @throws IllegalArgumentException where the text is none of {@link #ALLOWED} */
    public static StartPosition parse(String text) {
        switch (text) {
            case "earliest":
                return new StartPosition(Kind.EARLIEST, -1);
            case "latest":
                return new StartPosition(Kind.LATEST, -1);
            case "committed":
                return new StartPosition(Kind.COMMITTED, -1);
            default:
                return new StartPosition(Kind.TIMESTAMP, timestampOf(text));
        }
    }

    public Kind kind() {
        return kind;
    }

    /** @return milliseconds since the epoch; -1 where the kind is not {@link Kind#TIMESTAMP} */
    public long timestamp() {
        return timestamp;
    }

    private static long timestampOf(String text) {
        String digits = text.startsWith(TIMESTAMP_PREFIX) ? text.substring(TIMESTAMP_PREFIX.length()) : "";
        if (!digits.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("it is no start position");
        }
        return Long.parseLong(digits);
    }
}
