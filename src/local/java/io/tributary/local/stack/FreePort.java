package io.tributary.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nothing listens on. They are taken from below the range that the kernel gives to outgoing
 * connections, so that none of those takes the port before the server has bound it.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePort() {}

    /** @throws IllegalStateException where no port can be bound */
    public static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port on 127.0.0.1 between " + FIRST + " and " + LAST + " in "
                + ATTEMPTS + " attempts; end the programs that hold them");
    }

    /** @return whether nothing listens on that port of 127.0.0.1 */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot bind port " + port + " of 127.0.0.1", e);
        }
    }
}
