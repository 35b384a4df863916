package io.tributary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.config.TributaryConfig;
import io.tributary.debezium.TableId;
import io.tributary.http.Backoff;
import io.tributary.lake.Changes;
import io.tributary.lake.commit.StoredTables;
import io.tributary.lake.write.SmallLake;
import io.tributary.metrics.MetricNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CatalogSyncTest {
    private static final String ITEM = "shop.public.item";
    private static final String SALE = "shop.public.sale";

    @TempDir
    Path directory;

    private final FakeCatalog catalog = new FakeCatalog();
    private final Metrics metrics = new Metrics("");
    private final AtomicLong now = new AtomicLong(1_000);
    private CatalogSync sync;

    /** Takes a permit for each request, and refuses tables that it is told to. */
    private static final class FakeCatalog implements Catalog {
        private final Semaphore permits = new Semaphore(Integer.MAX_VALUE);
        private final Set<String> refused = ConcurrentHashMap.newKeySet();
        private final List<String> registered = new CopyOnWriteArrayList<>();
        private final List<String> partitions = new CopyOnWriteArrayList<>();

        @Override
        public Change register(CatalogTable table) throws IOException {
            permits.acquireUninterruptibly();
            if (refused.contains(table.name())) {
                throw new IOException("no");
            }
            registered.add(table.name());
            return Change.PROPERTIES;
        }

        @Override
        public void addPartitions(CatalogTable table, List<CatalogPartition> added, boolean all) {
            added.forEach(partition -> partitions.add(table.name() + partition.values()));
        }

        @Override
        public String location(String path) {
            return path;
        }

        @Override
        public void close() {
            registered.add("closed");
        }
    }

    /** Keeps counters and gauges by their path. */
    private static final class Metrics extends UnregisteredMetricsGroup {
        private static final Map<String, Counter> COUNTERS = new ConcurrentHashMap<>();
        private static final Map<String, Gauge<?>> GAUGES = new ConcurrentHashMap<>();
        private final String path;

        private Metrics(String path) {
            this.path = path;
        }

        @Override
        public Counter counter(String name) {
            return COUNTERS.computeIfAbsent(path + name, key -> new SimpleCounter());
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            GAUGES.put(path + name, gauge);
            return gauge;
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new Metrics(path + key + "." + value + ".");
        }
    }

    @BeforeEach
    void writeTwoTables() throws IOException {
        Metrics.COUNTERS.clear();
        Metrics.GAUGES.clear();
        for (String table : List.of("item", "sale")) {
            new SmallLake(directory, id(table)).commit(Changes.of(table).upsert(1, 1, "one", "n"));
        }
        sync = sync();
    }

    @AfterEach
    void close() {
        catalog.permits.release(Integer.MAX_VALUE / 2 - catalog.permits.availablePermits() / 2);
        sync.close();
    }

    private CatalogSync sync() {
        SmallLake lake = new SmallLake(directory, id("item"));
        return new CatalogSync(
                new TableSync(catalog, new StoredTables(lake.layout), new CatalogNames(new TributaryConfig(Map.of()))),
                new CatalogMetrics(metrics),
                new Backoff(Integer.MAX_VALUE, Duration.ofMillis(5), Duration.ofMillis(20)),
                now::get);
    }

    private static TableId id(String table) {
        return new TableId("shop", "shopdb", "public", table);
    }

    private static long count(String table, String metric) {
        Counter counter = Metrics.COUNTERS.get("table." + table + "." + metric);
        return counter == null ? 0 : counter.getCount();
    }

    private static long age(String table) {
        return (Long) Metrics.GAUGES
                .get("table." + table + "." + MetricNames.CATALOG_AGE_MS)
                .getValue();
    }

    @Test
    void whatIsStoredAlreadyIsRegisteredAtTheStart() {
        sync.start();
        await().until(() -> catalog.partitions.containsAll(List.of("item[item]", "sale[sale]")));
    }

    @Test
    void noCommitWaitsAndAllThatComeMeanwhileAreOneSynchronisation() {
        catalog.permits.drainPermits();
        sync.committed(ITEM, Set.of("__table=item"));
        await().until(catalog.permits::hasQueuedThreads);
        for (int i = 0; i < 100; i++) {
            sync.committed(ITEM, Set.of("__table=item"));
        }
        now.addAndGet(500);
        assertThat(age(ITEM)).isEqualTo(500);
        catalog.permits.release(2);
        await().until(() -> count(ITEM, MetricNames.CATALOG_SYNCS) == 2);
        assertThat(catalog.registered).containsExactly("item", "item");
        assertThat(age(ITEM)).isZero();
    }

    @Test
    void aTableThatIsRefusedIsTriedAgainAndHoldsNoOtherUp() {
        catalog.refused.add("item");
        sync.committed(ITEM, Set.of("__table=item"));
        sync.committed(SALE, Set.of("__table=sale"));
        await().until(() -> count(ITEM, MetricNames.CATALOG_FAILURES) >= 3);
        await().until(() -> count(SALE, MetricNames.CATALOG_SYNCS) == 1);
        now.addAndGet(7_000);
        assertThat(age(ITEM)).isEqualTo(7_000);
        catalog.refused.clear();
        await().until(() -> count(ITEM, MetricNames.CATALOG_SYNCS) == 1);
        assertThat(age(ITEM)).isZero();
        assertThat(catalog.partitions).contains("item[item]");
    }

    @Test
    void theEndFinishesWhatIsDueAndDoesNotWaitForWhatFails() {
        catalog.refused.add("item");
        sync.committed(ITEM, Set.of());
        await().until(() -> count(ITEM, MetricNames.CATALOG_FAILURES) >= 1);
        sync.committed(SALE, Set.of());
        sync.close();
        assertThat(catalog.registered).containsExactly("sale", "closed");
        sync.committed(SALE, Set.of()); // too late, and no failure
    }

    @Test
    void theEndFinishesACommitThatCameWhileTheOneBeforeWasSynchronised() throws InterruptedException {
        catalog.permits.drainPermits();
        sync.committed(ITEM, Set.of("__table=item"));
        await().until(catalog.permits::hasQueuedThreads);
        sync.committed(ITEM, Set.of("__table=item"));
        Thread end = new Thread(sync::close, "end");
        end.start();
        await().until(() -> end.getState() == Thread.State.TIMED_WAITING); // for the thread, which takes nothing new
        catalog.permits.release(2);
        end.join();
        assertThat(catalog.registered).containsExactly("item", "item", "closed");
        assertThat(age(ITEM)).isZero();
    }

    @Test
    void aTableThatIsGoneFailsAloneAndSaysSo() {
        sync.committed("shop.public.gone", Set.of());
        await().until(() -> count("shop.public.gone", MetricNames.CATALOG_FAILURES) >= 1);
        sync.committed(SALE, Set.of());
        await().until(() -> count(SALE, MetricNames.CATALOG_SYNCS) == 1);
    }
}
