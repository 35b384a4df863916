package io.tributary.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of 127.0.0.1 that nothing listens on. They are taken from below the range that the kernel gives to outgoing
 * connections, so that none of those takes the port before the server has bound it; and each process has a slice of that
 * range to itself, which it goes through in turn, so that no two servers that start at once are given the same port.
 */
public final class FreePort {
    private static final int SLICE = 240;
    private static final int SLICES = 50;
    private static final int FIRST = 20_000 + (int) (ProcessHandle.current().pid() % SLICES) * SLICE;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(SLICE));

    private FreePort() {}

    /** @throws IllegalStateException where no port can be bound */
    public static int find() {
        for (int attempt = 0; attempt < SLICE; attempt++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), SLICE);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port of 127.0.0.1 from " + FIRST + " to " + (FIRST + SLICE - 1)
                + " is free; end the programs that hold them");
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
