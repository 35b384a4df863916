package io.tributary.lake.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several writers that want one lake, each stopped at random before and after every step on the store, for moments or for
 * longer than a lease: no two ever hold it at once.
 */
class LeaseInterleavingsTest {
    private static final int WRITERS = 3;
    private static final int STEPS = 10_000;
    private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofSeconds(30));

    private volatile long nowMs = 1_700_000_000_000L;
    private volatile boolean ended;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 1020, 1066, 1067, 1113})
    void noTwoHoldTheLeaseAtOnce(long seed) throws Exception {
        Random random = new Random(seed);
        MemoryStore store = new MemoryStore(() -> nowMs);
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer("writer " + i, store, random.nextLong()));
        }
        writers.forEach(Thread::start);
        int taken = 0;
        Writer last = null;
        for (int step = 0; step < STEPS; step++) {
            nowMs += random.nextInt(400);
            Writer writer = writers.get(random.nextInt(WRITERS));
            if (random.nextInt(60) == 0) {
                writer.asleepUntil = nowMs + 10_000 + random.nextInt(40_000);
            }
            if (writer.asleepUntil <= nowMs) {
                writer.step();
            }
            List<Writer> holders = writers.stream().filter(Writer::holds).toList();
            assertThat(holders).as("seed %d, step %d", seed, step).hasSizeLessThanOrEqualTo(1);
            if (!holders.isEmpty() && holders.get(0) != last) {
                last = holders.get(0);
                taken++;
            }
        }
        ended = true;
        for (Writer writer : writers) {
            writer.turn.release(1_000);
            writer.join();
            assertThat(writer.failure).isNull();
        }
        assertThat(taken).as("seed %d: changes of the holder", seed).isGreaterThan(5);
    }

    /** One writer in a thread that goes on only when it is its turn. */
    private final class Writer extends Thread implements LeaseStore {
        private final MemoryStore inner;
        private final Random random;
        private final Semaphore turn = new Semaphore(0);
        private final Semaphore done = new Semaphore(0);
        private final LakeLease lease = new LakeLease(this, TERMS, LeaseOwner.here("writer", TERMS), () -> {
            long from = nowMs;
            return () -> nowMs - from;
        });
        private volatile long asleepUntil;
        private volatile Throwable failure;

        private Writer(String name, MemoryStore inner, long seed) {
            super(name);
            setDaemon(true);
            this.inner = inner;
            this.random = new Random(seed);
        }

        void step() throws InterruptedException {
            turn.release();
            done.acquire();
        }

        boolean holds() {
            try {
                lease.check();
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void run() {
            turn.acquireUninterruptibly();
            while (!ended) {
                try {
                    lease.advance();
                    if (random.nextInt(400) == 0) {
                        lease.release();
                    }
                } catch (IOException expected) {
                    pause();
                } catch (RuntimeException | Error e) {
                    failure = e;
                    return;
                }
                asleepUntil = Math.max(asleepUntil, nowMs + (lease.ageMs() < 0 ? 500 : TERMS.heartbeatMs()));
                pause();
            }
        }

        /** Ends one step; the next is taken when the scheduler says so, perhaps much later. */
        private void pause() {
            done.release();
            turn.acquireUninterruptibly();
        }

        @Override
        public List<LeaseFile> list() {
            pause();
            List<LeaseFile> files = inner.list();
            pause();
            return files;
        }

        @Override
        public void write(String name, byte[] content) {
            pause();
            inner.write(name, content);
            pause();
        }

        @Override
        public byte[] read(String name) {
            pause();
            return inner.read(name);
        }

        @Override
        public void delete(String name) {
            pause();
            inner.delete(name);
            pause();
        }

        @Override
        public void deleteIfEmpty() {
            inner.deleteIfEmpty();
        }
    }
}
