package io.tributary.debezium;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/** What was worked out once per instance; forgets everything when it is full, which costs time only. */
final class IdentityCache<K, V> {
    private static final int MAX_ENTRIES = 10_000;

    private final Map<K, V> entries = new IdentityHashMap<>();
    private final Function<K, V> make;
    private K lastKey;
    private V lastValue;

    IdentityCache(Function<K, V> make) {
        this.make = make;
    }

    V get(K key) {
        if (key != lastKey) {
            V value = entries.get(key);
            if (value == null) {
                if (entries.size() >= MAX_ENTRIES) {
                    entries.clear();
                }
                value = make.apply(key);
                entries.put(key, value);
            }
            lastKey = key;
            lastValue = value;
        }
        return lastValue;
    }
}
