package io.tributary.format;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets the entry that was used longest ago. Not thread-safe. */
final class Lru<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int limit;

    Lru(int limit) {
        super(16, 0.75f, true);
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > limit;
    }
}
