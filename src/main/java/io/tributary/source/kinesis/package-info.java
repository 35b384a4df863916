/**
 * Reads Kinesis data streams: a source of Flink (FLIP-27) around the classes of Flink's Kinesis connector that poll shards,
 * subscribe to them, and take KPL aggregates apart. What is added here is what they lack together: a shard is read only
 * when its parents are read to their ends, wherever those are read.
 *
 * <p>The enumerator lists the shards and keeps the {@link io.tributary.source.kinesis.ShardLedger}; each reader runs a
 * thread per shard and tells the enumerator which shards have come to their ends.
 */
package io.tributary.source.kinesis;
