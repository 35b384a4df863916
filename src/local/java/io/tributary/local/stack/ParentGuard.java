package io.tributary.local.stack;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Entry point of the child processes: starts the server's own main class and halts when standard input ends, which it
 * does when the parent is gone, even by {@code kill -9}. It must not use another class of this project: it is put on the
 * child's class path alone.
 */
public final class ParentGuard {
    private ParentGuard() {}

    /** @param args the main class, and its arguments */
    public static void main(String[] args) throws Throwable {
        Thread guard = new Thread(ParentGuard::haltAtEndOfInput, "parent-guard");
        guard.setDaemon(true);
        guard.start();
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void haltAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // the parent never writes
            }
        } catch (IOException brokenPipe) {
            // the parent is gone
        }
        Runtime.getRuntime().halt(143);
    }
}
