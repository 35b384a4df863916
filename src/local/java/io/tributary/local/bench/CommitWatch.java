package io.tributary.local.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Remembers when each table's commits were there: a table archives them after some time. */
final class CommitWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;

    private final Lake lake;
    private final List<LoadTable> tables;
    private final Map<String, Map<String, Long>> seen = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "commit-watch");
        thread.setDaemon(true);
        return thread;
    });

    CommitWatch(Lake lake, List<LoadTable> tables) {
        this.lake = lake;
        this.tables = tables;
        tables.forEach(table -> seen.put(table.fullName(), new ConcurrentHashMap<>()));
        timer.scheduleWithFixedDelay(this::tryLook, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @return by instant when it was committed, milliseconds since the epoch */
    synchronized Map<String, Long> commits(LoadTable table) {
        look();
        return new HashMap<>(seen.get(table.fullName()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private synchronized void look() {
        for (LoadTable table : tables) {
            seen.get(table.fullName()).putAll(lake.files(table).commits());
        }
    }

    private void tryLook() {
        try {
            look();
        } catch (RuntimeException goneMeanwhile) {
            // archived between listing and looking: it was seen before
        }
    }
}
