package io.tributary.deadletter;

import io.tributary.config.SourceOptions;
import io.tributary.source.RawRecord;
import java.io.Serializable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** Values over {@link SourceOptions#MAX_VALUE_SIZE} are not decoded. Immutable. */
public final class SizeLimit implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long maxBytes;

    public SizeLimit(MemorySize max) {
        this.maxBytes = max.getBytes();
    }

    /** @param group the group {@code Source} */
    public static SizeLimit of(Configuration group) {
        return new SizeLimit(group.get(SourceOptions.MAX_VALUE_SIZE));
    }

    /** @return a dead letter where the record's value is too large; else null */
    public DeadLetter check(RawRecord record) {
        if (record.value() == null || record.value().length <= maxBytes) {
            return null;
        }
        return new DeadLetter(
                record,
                Stage.FORMAT,
                Reason.TOO_LARGE,
                "The value has " + record.value().length + " bytes, more than Source.max.value.size (" + maxBytes
                        + "). If that is right for this table, raise the limit and send the dead letter in again.");
    }
}
