package io.tributary.lake.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a lake, as one process sees it; the package's documentation has the protocol. One thread calls
 * {@link #advance} and {@link #release}; any thread may ask with {@link #check} whether the lease is held.
 */
final class LakeLease {
    private static final Logger LOG = LoggerFactory.getLogger(LakeLease.class);

    private final LeaseStore store;
    private final LeaseTerms terms;
    private final LeaseOwner self;
    private final Ticker ticker;
    /** Names the process in files; a new one after a loss. */
    private String id = newId();

    /** The beginning of the last heartbeat that met no other lease; null while the lease is not held. */
    private volatile Ticker.Mark confirmed;

    private volatile long epoch = -1;

    // While waiting for another's lease.
    private Ticker.Mark waitingSince;
    private Map<String, Long> firstSeen;

    /** What {@link #advance} has come to. */
    enum Outcome {
        /** The lease is held now, and was not before. */
        TAKEN,
        HELD,
        /** Another holds it, or tries to. */
        WAITING
    }

    LakeLease(LeaseStore store, LeaseTerms terms, LeaseOwner self, Ticker ticker) {
        this.store = store;
        this.terms = terms;
        this.self = self;
        this.ticker = ticker;
    }

    /**
     * Takes the lease if that can be done now, or sends a heartbeat for it.
     *
     * @throws LeaseLostException where the lease was held and another has it; the next call tries to take it again
     * @throws LakeInUseException where another was alive for a whole lease while this one waited; the next call waits on
     * @throws IOException where the store fails; the next call tries again
     */
    Outcome advance() throws IOException {
        if (confirmed == null) {
            return take() ? Outcome.TAKEN : Outcome.WAITING;
        }
        renew();
        return Outcome.HELD;
    }

    /**
     * @throws LeaseLostException where the lease is not held
     * @throws IOException where it was not renewed for so long that another may have taken it
     */
    void check() throws IOException {
        Ticker.Mark mark = confirmed;
        if (mark == null) {
            throw new LeaseLostException("this job does not hold the lease of the lake (" + store + ")");
        }
        long elapsed = mark.elapsedMs();
        if (elapsed > terms.validMs()) {
            throw new IOException("the lease of the lake (" + store + ") could not be renewed for " + elapsed
                    + " ms, so another job may have taken it; nothing is committed until a heartbeat gets through");
        }
    }

    /** @return milliseconds since the last good heartbeat; -1 where the lease is not held */
    long ageMs() {
        Ticker.Mark mark = confirmed;
        return mark == null ? -1 : mark.elapsedMs();
    }

    /** @return the number of this holding of the lease; -1 where it is not held */
    long epoch() {
        return confirmed == null ? -1 : epoch;
    }

    private boolean take() throws IOException {
        List<LeaseFile> before = store.list();
        if (!leasesOfOthers(before).isEmpty()) {
            store.write(LeaseFile.waitingName(id), self.toBytes());
            before = store.list();
        }
        List<LeaseFile> others = leasesOfOthers(before);
        List<LeaseFile> alive = alive(others, timeOf(LeaseFile.waitingName(id), before));
        if (!alive.isEmpty()) {
            waitFor(alive);
            return false;
        }
        long next = 1 + before.stream().mapToLong(LeaseFile::epoch).reduce(0, Math::max);
        String mine = LeaseFile.leaseName(next, id);
        Ticker.Mark claimed = ticker.mark();
        store.write(mine, self.toBytes());
        if (!times(leasesOfOthers(store.list())).equals(times(others))) {
            store.delete(mine);
            return false;
        }
        // An owner that was only asleep must not find its file when it wakes up.
        for (LeaseFile file : before) {
            if (!file.name().equals(mine) && (file.isLease() || file.owner().equals(id))) {
                store.delete(file.name());
            }
        }
        waitingSince = null;
        epoch = next;
        confirmed = claimed;
        LOG.info("Holding the lease of the lake ({}), epoch {}", store, epoch);
        return true;
    }

    private void waitFor(List<LeaseFile> alive) throws IOException {
        if (waitingSince == null) {
            waitingSince = ticker.mark();
            firstSeen = times(alive);
            LOG.info(
                    "The lake's lease ({}) is held by {}: waiting until it is given back or expires",
                    store,
                    describe(alive));
        } else if (waitingSince.elapsedMs() > terms.durationMs() + terms.heartbeatMs()) {
            waitingSince = null;
            if (!times(alive).equals(firstSeen)) {
                throw new LakeInUseException("another writer is alive on this lake: " + describe(alive)
                        + ". A lake has one writer: stop that one, or give this one another Lake.path. If it cannot be reached,"
                        + " delete its file in " + store + ": it then stops by itself within "
                        + terms.heartbeatMs() / 1000.0 + " s.");
            }
        }
    }

    private void renew() throws IOException {
        Ticker.Mark begun = ticker.mark();
        String mine = LeaseFile.leaseName(epoch, id);
        if (store.read(mine) == null) {
            throw lost("its file is gone: another writer has taken over, or somebody has deleted it");
        }
        store.write(mine, self.toBytes());
        List<LeaseFile> now = store.list();
        List<LeaseFile> rivals = leasesOfOthers(now);
        if (rivals.isEmpty()) {
            confirmed = begun;
        } else if (confirmed.elapsedMs() > terms.validMs()) {
            // Even if the other has expired meanwhile: it may have written, and is perhaps about to delete this file.
            String winner = describe(rivals);
            store.delete(mine);
            throw lost("it was not renewed for " + confirmed.elapsedMs() + " ms and has been taken over by " + winner);
        } else if (alive(rivals, timeOf(mine, now)).isEmpty()) {
            for (LeaseFile dead : rivals) {
                store.delete(dead.name());
            }
            confirmed = begun;
        }
        // else the other is about to see this heartbeat, and withdraws; until then the lease is not prolonged
    }

    private LeaseLostException lost(String why) {
        long was = epoch;
        confirmed = null;
        id = newId();
        return new LeaseLostException(
                "this job has lost the lease of the lake (" + store + ", epoch " + was + "): " + why
                        + ". It commits nothing any more. Only one job may write to a lake: see to it that no other runs, then start"
                        + " this one from its newest checkpoint");
    }

    /** Gives the lease back, if it is held. */
    void release() throws IOException {
        boolean held = confirmed != null;
        confirmed = null;
        if (held) {
            store.delete(LeaseFile.leaseName(epoch, id));
            LOG.info("Gave the lease of the lake back ({})", store);
        }
        for (LeaseFile file : store.list()) {
            if (file.owner().equals(id)) {
                store.delete(file.name());
            }
        }
        store.deleteIfEmpty();
    }

    private List<LeaseFile> leasesOfOthers(List<LeaseFile> files) {
        return files.stream()
                .filter(file -> file.isLease() && !file.owner().equals(id))
                .collect(Collectors.toList());
    }

    /** @param nowMs the store's time; null where it is not known, then none has expired by time */
    private List<LeaseFile> alive(List<LeaseFile> leases, Long nowMs) throws IOException {
        List<LeaseFile> alive = new ArrayList<>();
        for (LeaseFile file : leases) {
            byte[] content = store.read(file.name());
            if (content != null) {
                LeaseOwner owner = LeaseOwner.of(content);
                long duration = Math.max(terms.durationMs(), owner.durationMs());
                boolean expired = nowMs != null && nowMs - file.modifiedMs() > duration;
                if (!expired && !owner.isGone()) {
                    alive.add(file);
                }
            }
        }
        return alive;
    }

    private static Long timeOf(String name, List<LeaseFile> files) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .map(LeaseFile::modifiedMs)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Long> times(List<LeaseFile> files) {
        Map<String, Long> times = new HashMap<>();
        files.forEach(file -> times.put(file.name(), file.modifiedMs()));
        return times;
    }

    private String describe(List<LeaseFile> leases) throws IOException {
        List<String> texts = new ArrayList<>();
        for (LeaseFile file : leases) {
            byte[] content = store.read(file.name());
            texts.add((content == null ? "unknown" : LeaseOwner.of(content).toString()) + ", file " + file.name());
        }
        return String.join("; ", texts);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
