package io.tributary.preflight;

import java.util.Objects;

/** What a check has found. Immutable. */
public final class Finding {
    /** How bad it is, from good to bad. */
    public enum Level {
        PASS,
        /** The job runs, but perhaps not as it is meant to. */
        WARN,
        /** The job cannot do its work until somebody has mended this. */
        FAIL
    }

    private final Level level;
    private final String subject;
    private final String text;
    private final String advice;

    private Finding(Level level, String subject, String text, String advice) {
        this.level = level;
        this.subject = Objects.requireNonNull(subject, "subject");
        this.text = Objects.requireNonNull(text, "text");
        this.advice = advice;
    }

    static Finding pass(String subject, String text) {
        return new Finding(Level.PASS, subject, text, null);
    }

    static Finding warn(String subject, String text, String advice) {
        return new Finding(Level.WARN, subject, text, Objects.requireNonNull(advice, "advice"));
    }

    static Finding fail(String subject, String text, String advice) {
        return new Finding(Level.FAIL, subject, text, Objects.requireNonNull(advice, "advice"));
    }

    public Level level() {
        return level;
    }

    /** @return what was looked at, one word, e.g. {@code registry} */
    public String subject() {
        return subject;
    }

    /** @return what was found, without secrets and without data */
    public String text() {
        return text;
    }

    /** @return what to do; null where nothing is to be done */
    public String advice() {
        return advice;
    }

    @Override
    public String toString() {
        return level + " " + subject + ": " + text + (advice == null ? "" : " -> " + advice);
    }
}
