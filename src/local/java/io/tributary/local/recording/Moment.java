package io.tributary.local.recording;

/** A point of a recording at which the topics' end offsets were noted. */
public enum Moment {
    /** All snapshots are through, no change has been made. */
    AFTER_SNAPSHOT("after_snapshot"),
    /** Just before the TRUNCATE statements. */
    BEFORE_TRUNCATE("before_truncate"),
    /** The end. */
    FINAL("final");

    private final String suffix;

    Moment(String suffix) {
        this.suffix = suffix;
    }

    /** @return the part of file names, e.g. {@code before_truncate} */
    String suffix() {
        return suffix;
    }
}
