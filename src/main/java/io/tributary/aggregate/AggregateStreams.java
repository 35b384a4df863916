package io.tributary.aggregate;

import io.tributary.deadletter.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What the branch of one aggregate gives. */
public final class AggregateStreams {
    private final DataStream<Result> results;
    private final DataStream<DeadLetter> deadLetters;

    AggregateStreams(DataStream<Result> results, DataStream<DeadLetter> deadLetters) {
        this.results = results;
        this.deadLetters = deadLetters;
    }

    /** @return the figures, as upserts */
    public DataStream<Result> results() {
        return results;
    }

    /** @return changes that could not be counted */
    public DataStream<DeadLetter> deadLetters() {
        return deadLetters;
    }
}
