package io.tributary.lake.lease;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a lease, and for how long at a time: a text for people, and the process. A process is identified by the boot of its machine, its process
 * namespace, its number and its start, as far as the operating system tells them (Linux does). Immutable.
 */
final class LeaseOwner {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    private final String who;
    private final String host;
    private final long process;
    private final String started;
    private final String machine;
    private final long durationMs;

    private LeaseOwner(String who, String host, long process, String started, String machine, long durationMs) {
        this.who = who;
        this.host = host;
        this.process = process;
        this.started = started;
        this.machine = machine;
        this.durationMs = durationMs;
    }

    /** @return this process, as {@code who} */
    static LeaseOwner here(String who, LeaseTerms terms) {
        return of(who, ProcessHandle.current(), terms);
    }

    static LeaseOwner of(String who, ProcessHandle process, LeaseTerms terms) {
        return new LeaseOwner(who, host(), process.pid(), start(process), machine(), terms.durationMs());
    }

    /** @return what {@link #toBytes} wrote; somebody unknown where the bytes are not whole yet, or not ours */
    static LeaseOwner of(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new LeaseOwner(
                    json.path("who").asText("unknown"),
                    json.path("host").asText("unknown"),
                    json.path("process").asLong(-1),
                    json.path("started").asText(""),
                    json.path("machine").asText(""),
                    json.path("durationMs").asLong(0));
        } catch (IOException e) {
            return new LeaseOwner("unknown", "unknown", -1, "", "", 0);
        }
    }

    byte[] toBytes() {
        ObjectNode json = JSON.createObjectNode()
                .put("who", who)
                .put("host", host)
                .put("process", process)
                .put("started", started)
                .put("machine", machine)
                .put("durationMs", durationMs);
        return (json.toString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @return the owner's own {@code Lake.lease.duration}, which may differ from another's; 0 where it is not known */
    long durationMs() {
        return durationMs;
    }

    /** @return whether it is certain that the process has ended; false where that cannot be known from here */
    boolean isGone() {
        if (machine.isEmpty() || started.isEmpty() || !machine.equals(machine())) {
            return false;
        }
        Optional<ProcessHandle> found = ProcessHandle.of(process);
        return found.isEmpty() || !start(found.get()).equals(started);
    }

    private static String start(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("");
    }

    /** @return the boot of the machine and the process namespace; empty where they are not known */
    private static String machine() {
        try {
            return Files.readString(BOOT).trim() + " " + Files.readSymbolicLink(NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    @Override
    public String toString() {
        return who + " (host " + host + ", process " + process + ", started " + started + ")";
    }
}
