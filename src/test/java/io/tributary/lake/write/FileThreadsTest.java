package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FileThreadsTest {
    private static final long MEGABYTE = 1 << 20;

    private final FileThreads threads = new FileThreads("files", 4, 16 * MEGABYTE);

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void smallFilesAreWrittenBesideEachOther() throws Exception {
        CountDownLatch all = new CountDownLatch(4);
        List<Future<Boolean>> files = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            files.add(threads.submit(0, () -> {
                all.countDown();
                return all.await(30, TimeUnit.SECONDS);
            }));
        }
        assertThat(FileThreads.results(files)).containsOnly(true);
    }

    @Test
    void filesThatNeedTheWholeMemoryAreWrittenOneAfterTheOther() throws Exception {
        AtomicInteger now = new AtomicInteger();
        List<Future<Integer>> files = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            files.add(threads.submit(100 * MEGABYTE, () -> {
                int beside = now.incrementAndGet();
                Thread.yield();
                now.decrementAndGet();
                return beside;
            }));
        }
        assertThat(FileThreads.results(files)).containsOnly(1);
    }

    @Test
    void roomThatAFailureHadIsGivenBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            List<Future<Object>> file = List.of(threads.submit(100 * MEGABYTE, () -> {
                throw new IOException("disk full");
            }));
            assertThatThrownBy(() -> FileThreads.results(file))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
        }
    }

    @Test
    void aFailureWaitsForTheOthers() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicBoolean written = new AtomicBoolean();
        Thread waiting = Thread.currentThread();
        List<Future<Object>> files = List.of(
                threads.submit(0, () -> {
                    failed.countDown();
                    throw new IllegalStateException("one");
                }),
                threads.submit(0, () -> {
                    failed.await();
                    await().until(() -> waiting.getState() == Thread.State.WAITING);
                    written.set(true);
                    return null;
                }),
                threads.submit(0, () -> {
                    throw new IOException("two");
                }));
        assertThatThrownBy(() -> FileThreads.results(files))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("one")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("two")));
        assertThat(written).isTrue();
    }

    /** A file that comes after the end of its attempt may come after the next attempt's rollback. */
    @Test
    void theEndInterruptsAndWaitsEvenWhereItIsInterruptedItself() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicBoolean told = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean flag = new AtomicBoolean();
        threads.submit(0, () -> {
            begun.countDown();
            while (true) {
                try {
                    finish.await();
                    ended.set(true);
                    return null;
                } catch (InterruptedException e) {
                    told.set(true); // as S3A does, it goes on
                }
            }
        });
        begun.await();
        Thread closing = new Thread(() -> {
            threads.close();
            flag.set(Thread.currentThread().isInterrupted() && ended.get());
        });
        closing.start();
        await().untilTrue(told);
        closing.interrupt();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(closing.isAlive()).isTrue();
        finish.countDown();
        closing.join();
        assertThat(flag).isTrue();
    }
}
