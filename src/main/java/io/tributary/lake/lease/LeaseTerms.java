package io.tributary.lake.lease;

import io.tributary.config.LakeOptions;
import io.tributary.config.TributaryConfig;
import java.io.Serializable;
import java.time.Duration;

/** How long a lease is, and what follows from it. Immutable. */
public final class LeaseTerms implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int HEARTBEATS = 5;
    private static final long LONGEST_POLL_MS = 250;

    private final long durationMs;

    public LeaseTerms(Duration duration) {
        this.durationMs = duration.toMillis();
    }

    public static LeaseTerms of(TributaryConfig config) {
        return new LeaseTerms(config.group(LakeOptions.GROUP).get(LakeOptions.LEASE_DURATION));
    }

    /** @return milliseconds without a heartbeat after which others may take the lease */
    long durationMs() {
        return durationMs;
    }

    /** @return milliseconds between two heartbeats */
    long heartbeatMs() {
        return durationMs / HEARTBEATS;
    }

    /** @return milliseconds since the last good heartbeat for which the owner may count on the lease */
    long validMs() {
        return durationMs * 2 / 3;
    }

    /** @return milliseconds between two looks at a lease that another holds */
    long pollMs() {
        return Math.min(LONGEST_POLL_MS, heartbeatMs());
    }
}
