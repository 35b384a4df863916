package io.tributary.local.cli;

import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;

/** Runs a command's work and turns what goes wrong into one message on standard error and an exit code. */
public final class Command {
    private Command() {}

    /**
     * @param usage one or more lines that show how to call the command
     * @param work returns the exit code
     */
    public static int run(String usage, Callable<Integer> work) {
        try {
            return work.call();
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.err.println(usage);
            return ExitCode.USAGE;
        } catch (CommandException e) {
            System.err.println(e.getMessage());
            log(e);
            return ExitCode.FAILED;
        } catch (Exception e) {
            System.err.println(causes(e));
            log(e);
            return ExitCode.FAILED;
        }
    }

    private static void log(Exception e) {
        LoggerFactory.getLogger(Command.class).error("The command failed", e);
    }

    private static String causes(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.length() == 0 ? "" : "\n  because: ").append(message);
            }
        }
        return text.toString();
    }
}
