package io.tributary.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has had from the system (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html). */
final class PeakRss {
    private static final Path STATUS = Path.of("/proc/self/status");

    private PeakRss() {}

    /** @return bytes; 0 where the system does not tell */
    static long bytes() {
        try {
            return Files.isReadable(STATUS) ? of(Files.readString(STATUS)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    static long of(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
