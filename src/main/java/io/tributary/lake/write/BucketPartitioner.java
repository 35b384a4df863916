package io.tributary.lake.write;

import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.java.functions.KeySelector;

/** Sends all messages of one bucket of one table to one writer. */
public final class BucketPartitioner implements Partitioner<Integer> {
    private static final long serialVersionUID = 1L;

    /** Takes the route out of a message. */
    public static final class Route implements KeySelector<LakeMessage, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer getKey(LakeMessage message) {
            return message.route();
        }
    }

    @Override
    public int partition(Integer route, int channels) {
        return channel(route, channels);
    }

    static int channel(int route, int channels) {
        return route % channels;
    }

    /** @return the route of a bucket: not negative, neighbouring buckets on neighbouring writers */
    static int route(String table, int bucket) {
        return (table.hashCode() + bucket) & Integer.MAX_VALUE;
    }
}
