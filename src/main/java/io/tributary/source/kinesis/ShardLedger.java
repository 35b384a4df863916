package io.tributary.source.kinesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Which shards there are, and what has become of them: waiting, being read, or finished. A shard is ready to be read when
 * its parents are finished; a parent that is not known has been removed by the stream's retention. Not thread-safe.
 */
public final class ShardLedger {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private enum Status {
        WAITING,
        READING,
        FINISHED
    }

    private static final class Entry {
        private final ShardSplit split;
        private Status status;

        private Entry(ShardSplit split, Status status) {
            this.split = split;
            this.status = status;
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Takes up the shards that are new, and forgets finished ones that are gone.
     *
     * @param shards all that Kinesis lists; of a stream of which it lists none nothing is concluded
     * @param start where new ones are to be read from
     */
    void listed(Collection<Shard> shards, ShardPosition start) {
        Set<String> streams = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (Shard shard : shards) {
            streams.add(shard.stream());
            ids.add(shard.id());
            entries.computeIfAbsent(shard.id(), id -> new Entry(new ShardSplit(shard, start), Status.WAITING));
        }
        entries.values()
                .removeIf(entry -> entry.status == Status.FINISHED
                        && streams.contains(entry.split.shard().stream())
                        && !ids.contains(entry.split.splitId()));
    }

    /** @return the shards that wait, and whose parents are read to their ends */
    List<ShardSplit> ready() {
        List<ShardSplit> ready = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.status == Status.WAITING
                    && entry.split.shard().parentIds().stream().allMatch(this::isFinishedOrUnknown)) {
                ready.add(entry.split);
            }
        }
        return ready;
    }

    private boolean isFinishedOrUnknown(String id) {
        Entry entry = entries.get(id);
        return entry == null || entry.status == Status.FINISHED;
    }

    /** A reader has got it. */
    void assigned(String id) {
        entries.get(id).status = Status.READING;
    }

    /** It is read to its end; nothing happens where it is not known any more. */
    void finished(String id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.status = Status.FINISHED;
        }
    }

    /** A reader was lost with it. */
    void givenBack(ShardSplit split) {
        entries.put(split.splitId(), new Entry(split, split.position().isEnd() ? Status.FINISHED : Status.WAITING));
    }

    boolean allFinished() {
        return entries.values().stream().allMatch(entry -> entry.status == Status.FINISHED);
    }

    /** @return what a checkpoint keeps; later changes do not touch it */
    ShardLedger copy() {
        ShardLedger copy = new ShardLedger();
        entries.forEach((id, entry) -> copy.entries.put(id, new Entry(entry.split, entry.status)));
        return copy;
    }

    /** Its form in checkpoints. */
    static final class Serializer implements SimpleVersionedSerializer<ShardLedger> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(ShardLedger ledger) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(1024);
            out.writeInt(ledger.entries.size());
            for (Entry entry : ledger.entries.values()) {
                entry.split.write(out);
                out.writeByte(entry.status.ordinal());
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public ShardLedger deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException("A list of shards of version " + version + " cannot be read; this is version "
                        + VERSION + ". Restore with the Tributary that wrote it, or a newer one");
            }
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            ShardLedger ledger = new ShardLedger();
            for (int left = in.readInt(); left > 0; left--) {
                ShardSplit split = ShardSplit.read(in);
                ledger.entries.put(split.splitId(), new Entry(split, Status.values()[in.readByte()]));
            }
            return ledger;
        }
    }
}
