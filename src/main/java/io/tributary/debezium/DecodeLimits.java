package io.tributary.debezium;

import io.tributary.config.DeadLetterOptions;
import io.tributary.config.LakeOptions;
import io.tributary.config.LakeOptions.TruncatePolicy;
import io.tributary.config.SourceOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetterRatio;
import io.tributary.deadletter.SizeLimit;
import java.io.Serializable;
import org.apache.flink.configuration.Configuration;

/** What the decode operator does not let pass: values that are too large, too many dead letters, truncates. Immutable. */
public final class DecodeLimits implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SizeLimit size;
    private final TruncatePolicy truncate;
    private final Configuration deadLetters;

    public DecodeLimits(TributaryConfig config) {
        this.size = SizeLimit.of(config.group(SourceOptions.GROUP));
        this.truncate = config.group(LakeOptions.GROUP).get(LakeOptions.TRUNCATE);
        this.deadLetters = config.group(DeadLetterOptions.GROUP);
    }

    SizeLimit size() {
        return size;
    }

    TruncatePolicy truncate() {
        return truncate;
    }

    /** @return a breaker of one subtask */
    DeadLetterRatio openRatio() {
        return DeadLetterRatio.of(deadLetters);
    }
}
