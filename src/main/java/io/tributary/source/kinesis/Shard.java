package io.tributary.source.kinesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.HashKeyRange;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;

/** A shard as Kinesis lists it, without whether it is closed. Immutable. */
final class Shard {
    private static final String ID_PREFIX = "shardId-";

    private final String stream;
    private final String shardId;
    private final List<String> parents;
    private final String firstHashKey;
    private final String lastHashKey;

    /**
     * @param stream the stream's name
     * @param parents the ids of the shards, of the same stream, that it came from: none, one after a split, two after a
     *     merge
     * @param firstHashKey decimal digits; the range of hash keys that it holds
     */
    Shard(String stream, String shardId, List<String> parents, String firstHashKey, String lastHashKey) {
        this.stream = Objects.requireNonNull(stream, "stream");
        this.shardId = Objects.requireNonNull(shardId, "shardId");
        this.parents = List.copyOf(parents);
        this.firstHashKey = Objects.requireNonNull(firstHashKey, "firstHashKey");
        this.lastHashKey = Objects.requireNonNull(lastHashKey, "lastHashKey");
    }

    static Shard of(StreamShardHandle listed) {
        org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard shard = listed.getShard();
        List<String> parents = new ArrayList<>();
        if (shard.getParentShardId() != null) {
            parents.add(shard.getParentShardId());
        }
        if (shard.getAdjacentParentShardId() != null) {
            parents.add(shard.getAdjacentParentShardId());
        }
        return new Shard(
                listed.getStreamName(),
                shard.getShardId(),
                parents,
                shard.getHashKeyRange().getStartingHashKey(),
                shard.getHashKeyRange().getEndingHashKey());
    }

    /** @return unlike the shard's own id one that is different in every stream */
    String id() {
        return idOf(shardId);
    }

    /** @return as {@link #id()}, of the parents */
    List<String> parentIds() {
        List<String> ids = new ArrayList<>();
        parents.forEach(parent -> ids.add(idOf(parent)));
        return ids;
    }

    private String idOf(String shard) {
        return stream + "/" + shard;
    }

    String stream() {
        return stream;
    }

    /** @return as Kinesis names it, {@code shardId-000000000012} */
    String shardId() {
        return shardId;
    }

    /** @return the number in its id, which is never used again in this stream; -1 where there is none */
    int number() {
        String digits = shardId.startsWith(ID_PREFIX) ? shardId.substring(ID_PREFIX.length()) : "";
        return digits.matches("[0-9]{1,12}") ? (int) Math.min(Integer.MAX_VALUE, Long.parseLong(digits)) : -1;
    }

    /** @return as the connector's classes take it */
    StreamShardHandle handle() {
        return new StreamShardHandle(
                stream,
                new org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard()
                        .withShardId(shardId)
                        .withHashKeyRange(new HashKeyRange()
                                .withStartingHashKey(firstHashKey)
                                .withEndingHashKey(lastHashKey)));
    }

    void write(DataOutputView out) throws IOException {
        out.writeUTF(stream);
        out.writeUTF(shardId);
        out.writeInt(parents.size());
        for (String parent : parents) {
            out.writeUTF(parent);
        }
        out.writeUTF(firstHashKey);
        out.writeUTF(lastHashKey);
    }

    static Shard read(DataInputView in) throws IOException {
        String stream = in.readUTF();
        String shardId = in.readUTF();
        List<String> parents = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            parents.add(in.readUTF());
        }
        return new Shard(stream, shardId, parents, in.readUTF(), in.readUTF());
    }

    @Override
    public String toString() {
        return id();
    }
}
