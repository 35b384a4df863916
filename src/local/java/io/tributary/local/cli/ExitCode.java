package io.tributary.local.cli;

/** What a command returns to the shell. */
public final class ExitCode {
    public static final int OK = 0;
    /** The work could not be done, or its outcome is not right. */
    public static final int FAILED = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
