package io.tributary.lake.commit;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which barriers the writers have passed, and which of those are undecided: neither committed nor aborted. There may be
 * several: a savepoint does not wait for a checkpoint, and when one that does not stop the job is complete, nobody is told.
 * Not thread-safe.
 */
final class Barriers {
    static final long NONE = -1;

    private final int writers;
    private final Map<Integer, Long> passed = new HashMap<>();
    private final TreeSet<Long> undecided = new TreeSet<>();
    private final TreeSet<Long> aborted = new TreeSet<>();

    Barriers(int writers) {
        this.writers = writers;
    }

    void passed(int subtask, long barrier) {
        passed.merge(subtask, barrier, Math::max);
        if (!aborted.contains(barrier)) {
            undecided.add(barrier);
        }
    }

    /** The subtask writes nothing more: no barrier has to wait for it. */
    void ended(int subtask) {
        passed.put(subtask, Long.MAX_VALUE);
    }

    void committed(long barrier) {
        undecided.headSet(barrier, true).clear();
        aborted.headSet(barrier, true).clear();
    }

    void aborted(long barrier) {
        undecided.remove(barrier);
        aborted.add(barrier);
    }

    /** @return the newest undecided barrier up to this one, or {@link #NONE} */
    long undecided(long barrier) {
        Long newest = undecided.floor(barrier);
        return newest == null ? NONE : newest;
    }

    /** @return whether no writer will write anything more that belongs before this barrier */
    boolean allPassed(long barrier) {
        for (int subtask = 0; subtask < writers; subtask++) {
            if (passed.getOrDefault(subtask, NONE) < barrier) {
                return false;
            }
        }
        return true;
    }

    void clear() {
        passed.clear();
        undecided.clear();
        aborted.clear();
    }
}
