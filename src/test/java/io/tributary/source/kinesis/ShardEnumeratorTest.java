package io.tributary.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.StartPosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ShardEnumeratorTest {
    private final Context context = new Context();
    private final List<Shard> listed = new ArrayList<>(List.of(Shards.of(0)));
    private RuntimeException failure;

    @Test
    void childrenAreGivenOutAfterTheirParentWhicheverReaderHadIt() {
        ShardEnumerator enumerator = started("earliest", false, new ShardLedger());
        listed.add(Shards.of(1, 0));
        listed.add(Shards.of(2, 0));
        context.runPeriodic();
        assertThat(context.assigned).containsOnlyKeys("s/" + Shards.id(0));
        enumerator.handleSourceEvent(0, new ShardFinished("s/" + Shards.id(0)));
        assertThat(context.assigned).containsOnlyKeys("s/" + Shards.id(0), "s/" + Shards.id(1), "s/" + Shards.id(2));
    }

    @Test
    void theEndOfAShardMakesItAskForChildrenAtOnce() {
        ShardEnumerator enumerator = started("earliest", false, new ShardLedger());
        listed.add(Shards.of(1, 0));
        enumerator.handleSourceEvent(0, new ShardFinished("s/" + Shards.id(0)));
        context.runOnce();
        assertThat(context.assigned).containsKey("s/" + Shards.id(1));
    }

    @Test
    void theStartIsThatOfTheFirstListingAndLaterShardsAreReadWhole() {
        ShardEnumerator enumerator = started("timestamp:5", false, new ShardLedger());
        listed.add(Shards.of(1, 0));
        enumerator.handleSourceEvent(0, new ShardFinished("s/" + Shards.id(0)));
        context.runOnce();
        assertThat(context.assigned.get("s/" + Shards.id(0)).position()).isEqualTo(ShardPosition.at(5));
        assertThat(context.assigned.get("s/" + Shards.id(1)).position()).isEqualTo(ShardPosition.HORIZON);
    }

    @Test
    void latestIsAMomentSoThatARestartDoesNotMoveIt() {
        long before = System.currentTimeMillis();
        started("latest", false, new ShardLedger());
        assertThat(context.assigned.get("s/" + Shards.id(0)).position().start().getStartingMarker())
                .isInstanceOfSatisfying(
                        java.util.Date.class,
                        date -> assertThat(date.getTime()).isBetween(before, System.currentTimeMillis()));
    }

    @Test
    void afterARestoreNothingIsGivenOutTwice() throws Exception {
        ShardEnumerator enumerator = started("earliest", false, new ShardLedger());
        ShardLedger checkpoint = enumerator.snapshotState(1);
        context.assigned.clear();
        context.periodic.clear();
        started("earliest", false, checkpoint);
        assertThat(context.assigned).isEmpty();
    }

    @Test
    void aReaderThatIsNotThereYetGetsItsShardsWhenItComes() {
        context.readers.clear();
        ShardEnumerator enumerator = started("earliest", false, new ShardLedger());
        assertThat(context.assigned).isEmpty();
        for (int reader = 0; reader < context.currentParallelism(); reader++) {
            context.readers.add(reader);
            enumerator.addReader(reader);
        }
        assertThat(context.assigned).hasSize(1);
    }

    @Test
    void aBoundedSourceEndsWhenAllShardsAreFinishedAndNoneCameAfterThem() {
        ShardEnumerator enumerator = started("earliest", true, new ShardLedger());
        listed.add(Shards.of(1, 0));
        enumerator.handleSourceEvent(0, new ShardFinished("s/" + Shards.id(0)));
        assertThat(context.ended).as("its children may not be known yet").isEmpty();
        context.runOnce();
        assertThat(context.ended).isEmpty();
        enumerator.handleSourceEvent(0, new ShardFinished("s/" + Shards.id(1)));
        context.runOnce();
        assertThat(context.ended).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aStreamThatCannotBeListedStopsTheStartAndNothingLater() {
        started("earliest", false, new ShardLedger());
        failure = new IllegalStateException("throttled");
        context.runPeriodic();
        failure = null;
        listed.clear();
        context.runPeriodic();
        assertThat(context.assigned).hasSize(1);
        assertThatThrownBy(() -> started("earliest", false, new ShardLedger()))
                .hasMessageContaining("Source.stream.arns");
        failure = new IllegalStateException("no such stream");
        assertThatThrownBy(() -> started("earliest", false, new ShardLedger()))
                .hasMessageContaining("kinesis:ListShards")
                .hasRootCauseMessage("no such stream");
    }

    private ShardEnumerator started(String start, boolean bounded, ShardLedger ledger) {
        ShardEnumerator enumerator = new ShardEnumerator(
                context,
                () -> {
                    if (failure != null) {
                        throw failure;
                    }
                    return List.copyOf(listed);
                },
                StartPosition.parse(start),
                Duration.ofSeconds(30),
                bounded,
                ledger);
        enumerator.start();
        context.runPeriodic();
        return enumerator;
    }

    /** Runs calls when the test says so. */
    private static final class Context implements SplitEnumeratorContext<ShardSplit> {
        private final Map<String, ShardSplit> assigned = new HashMap<>();
        private final Set<Integer> readers = new TreeSet<>(Set.of(0, 1, 2, 3));
        private final Set<Integer> ended = new TreeSet<>();
        private final List<Runnable> periodic = new ArrayList<>();
        private final Queue<Runnable> once = new ArrayDeque<>();

        void runPeriodic() {
            periodic.get(periodic.size() - 1).run();
        }

        void runOnce() {
            while (!once.isEmpty()) {
                once.remove().run();
            }
        }

        @Override
        public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
            once.add(() -> call(call, handler));
        }

        @Override
        public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
            periodic.add(() -> call(call, handler));
        }

        private static <T> void call(Callable<T> call, BiConsumer<T, Throwable> handler) {
            T result;
            try {
                result = call.call();
            } catch (Exception e) {
                handler.accept(null, e);
                return;
            }
            handler.accept(result, null);
        }

        @Override
        public void assignSplits(SplitsAssignment<ShardSplit> assignment) {
            assignment.assignment().forEach((reader, splits) -> {
                assertThat(readers).contains(reader);
                splits.forEach(split -> assertThat(assigned.put(split.splitId(), split))
                        .as("%s was given out before", split)
                        .isNull());
            });
        }

        @Override
        public void signalNoMoreSplits(int reader) {
            ended.add(reader);
        }

        @Override
        public int currentParallelism() {
            return 4;
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            Map<Integer, ReaderInfo> registered = new HashMap<>();
            readers.forEach(reader -> registered.put(reader, new ReaderInfo(reader, "host")));
            return registered;
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
        }

        @Override
        public void sendEventToSourceReader(int reader, SourceEvent event) {
            throw new AssertionError("no event is sent to readers");
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            runnable.run();
        }
    }
}
