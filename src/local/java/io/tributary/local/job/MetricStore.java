package io.tributary.local.job;

import io.tributary.aggregate.AggregateMetrics;
import io.tributary.metrics.MetricNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;

/**
 * The job's own metrics (those below {@value MetricNames#GROUP}), with their last values after Flink has removed them:
 * what a finished job counted can still be read. Of a subtask that was restarted only the newest attempt counts, since
 * the job's counters are part of its state.
 */
public final class MetricStore implements AutoCloseable {
    private static final Map<String, MetricStore> BY_ID = new ConcurrentHashMap<>();
    private static final String SCOPE = "." + MetricNames.SERVICE_GROUP + "." + MetricNames.GROUP + ".";
    private static final String TABLE_VARIABLE = "<" + MetricNames.TABLE + ">";
    private static final String NO_TABLE = "";

    private final String id = UUID.randomUUID().toString();
    private final Map<Key, Value> values = new HashMap<>();
    private final Map<Task, Integer> newestAttempts = new HashMap<>();

    private record Task(String operator, String subtask) {}

    /** @param owner the topic or the aggregate whose metric it is, or nothing */
    private record Key(Task task, int attempt, String table, String owner, String name) {}

    private static final class Value {
        private Metric live;
        private double number;
        private double[] samples = new double[0];
    }

    public MetricStore() {
        BY_ID.put(id, this);
    }

    static MetricStore byId(String id) {
        MetricStore store = BY_ID.get(id);
        if (store == null) {
            throw new IllegalStateException("No metric store " + id + " in this JVM");
        }
        return store;
    }

    String id() {
        return id;
    }

    /** Has the metrics of jobs that run with these settings, in this JVM, reported to the store. */
    public void report(org.apache.flink.configuration.Configuration flink) {
        StoreReporterFactory.configure(flink, this);
    }

    synchronized void add(Metric metric, String name, MetricGroup group) {
        if (!isOurs(name, group)) {
            return;
        }
        Key key = key(name, group);
        newestAttempts.merge(key.task(), key.attempt(), Math::max);
        values.computeIfAbsent(key, each -> new Value()).live = metric;
    }

    synchronized void remove(Metric metric, String name, MetricGroup group) {
        Value value = isOurs(name, group) ? values.get(key(name, group)) : null;
        if (value != null && value.live == metric) {
            keep(value);
            value.live = null;
        }
    }

    /** @return the sum of a metric over all subtasks, all tables included; 0 where there is none */
    public long sum(String name) {
        return Math.round(number(key -> key.name().equals(name)));
    }

    /** @return the sum of one table's metric over all subtasks */
    public long sum(String table, String name) {
        return Math.round(number(key -> key.name().equals(name) && key.table().equals(table)));
    }

    /** @return the sums of the metrics whose names begin so, by the rest of the name */
    public Map<String, Long> sumsByPrefix(String prefix) {
        return sumsByPrefix(key -> true, prefix);
    }

    /** @return the sums of one table's metrics whose names begin so, by the rest of the name */
    public Map<String, Long> sumsByPrefix(String table, String prefix) {
        return sumsByPrefix(key -> key.table().equals(table), prefix);
    }

    /** @return full names of the tables that have metrics, sorted */
    public synchronized List<String> tables() {
        return values.keySet().stream()
                .map(Key::table)
                .filter(table -> !table.equals(NO_TABLE))
                .distinct()
                .sorted()
                .toList();
    }

    /** @return the greatest value of a metric that is no table's, over all subtasks; empty where there is none */
    public synchronized OptionalDouble max(String name) {
        return counted(key -> key.name().equals(name) && key.table().equals(NO_TABLE)).stream()
                .mapToDouble(MetricStore::read)
                .max();
    }

    /** @return the greatest value of one table's metric, over all subtasks; empty where there is none */
    public synchronized OptionalDouble max(String table, String name) {
        return counted(key -> key.name().equals(name) && key.table().equals(table)).stream()
                .mapToDouble(MetricStore::read)
                .max();
    }

    /** @return names of all metrics that were ever there, each once, sorted */
    public synchronized List<String> names() {
        return values.keySet().stream().map(Key::name).distinct().sorted().toList();
    }

    /** @return the samples that a histogram of no table holds, in no order */
    public synchronized double[] samples(String name) {
        List<Double> all = new ArrayList<>();
        counted(key -> key.name().equals(name) && key.table().equals(NO_TABLE)).forEach(value -> {
            keep(value);
            for (double sample : value.samples) {
                all.add(sample);
            }
        });
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public void close() {
        BY_ID.remove(id);
    }

    private synchronized Map<String, Long> sumsByPrefix(Predicate<Key> filter, String prefix) {
        Map<String, Long> sums = new java.util.TreeMap<>();
        values.keySet().stream()
                .filter(filter)
                .map(Key::name)
                .filter(name -> name.startsWith(prefix))
                .distinct()
                .forEach(name -> sums.put(
                        name.substring(prefix.length()),
                        Math.round(number(filter.and(key -> key.name().equals(name))))));
        return sums;
    }

    private synchronized double number(Predicate<Key> filter) {
        return counted(filter).stream().mapToDouble(MetricStore::read).sum();
    }

    private List<Value> counted(Predicate<Key> filter) {
        List<Value> counted = new ArrayList<>();
        values.forEach((key, value) -> {
            if (key.attempt() == newestAttempts.get(key.task()) && filter.test(key)) {
                counted.add(value);
            }
        });
        return counted;
    }

    private static double read(Value value) {
        keep(value);
        return value.number;
    }

    private static void keep(Value value) {
        if (value.live instanceof Counter counter) {
            value.number = counter.getCount();
        } else if (value.live instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
            value.number = number.doubleValue();
        } else if (value.live instanceof Histogram histogram) {
            HistogramStatistics statistics = histogram.getStatistics();
            value.number = histogram.getCount();
            value.samples = java.util.Arrays.stream(statistics.getValues())
                    .asDoubleStream()
                    .toArray();
        }
    }

    private static boolean isOurs(String name, MetricGroup group) {
        return group.getMetricIdentifier(name).contains(SCOPE);
    }

    private static Key key(String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        return new Key(
                new Task(
                        variables.getOrDefault("<operator_id>", variables.getOrDefault("<operator_name>", "")),
                        variables.getOrDefault("<subtask_index>", "coordinator")),
                Integer.parseInt(variables.getOrDefault("<task_attempt_num>", "0")),
                variables.getOrDefault(TABLE_VARIABLE, NO_TABLE),
                variables.getOrDefault(
                        "<" + MetricNames.TOPIC + ">",
                        variables.getOrDefault("<" + AggregateMetrics.GROUP + ">", NO_TABLE)),
                name);
    }
}
