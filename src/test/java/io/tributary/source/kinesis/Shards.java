package io.tributary.source.kinesis;

import java.util.List;

/** Shards for tests. */
final class Shards {
    private static final String LAST_KEY = "340282366920938463463374607431768211455";

    private Shards() {}

    /** A shard of stream {@code s} that holds all keys. */
    static Shard of(int number, int... parents) {
        return ofStream("s", number, parents);
    }

    static Shard ofStream(String stream, int number, int... parents) {
        List<String> ids = java.util.Arrays.stream(parents).mapToObj(Shards::id).toList();
        return new Shard(stream, id(number), ids, "0", LAST_KEY);
    }

    static String id(int number) {
        return String.format("shardId-%012d", number);
    }
}
