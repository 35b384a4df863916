package io.tributary.local.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * One kind of load in growing sizes.
 *
 * @param name what grows, and under which load
 * @param size what the sizes count
 * @param figures of each size's run, by {@link Throughput#figures} or {@link Steady#figures}
 */
record GrowthSeries(String name, String size, TreeMap<Integer, Map<String, Double>> figures) {}
