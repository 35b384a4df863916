package io.tributary.lake.lease;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Files in memory, with a clock of their own that has whole seconds, as S3's has. */
final class MemoryStore implements LeaseStore {
    private final LongSupplier clock;
    private final Map<String, byte[]> contents = new TreeMap<>();
    private final Map<String, Long> times = new TreeMap<>();

    MemoryStore(LongSupplier clockMs) {
        this.clock = clockMs;
    }

    synchronized List<String> names() {
        return List.copyOf(contents.keySet());
    }

    @Override
    public synchronized List<LeaseFile> list() {
        return times.entrySet().stream()
                .map(file -> LeaseFile.of(file.getKey(), file.getValue()))
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
    }

    @Override
    public synchronized void write(String name, byte[] content) {
        contents.put(name, content);
        times.put(name, clock.getAsLong() / 1000 * 1000);
    }

    @Override
    public synchronized byte[] read(String name) {
        return contents.get(name);
    }

    @Override
    public synchronized void delete(String name) {
        contents.remove(name);
        times.remove(name);
    }

    @Override
    public void deleteIfEmpty() {
        // there is no directory
    }

    @Override
    public String toString() {
        return "memory:/lake/_lease";
    }
}
