package io.tributary.lake.lease;

import java.util.concurrent.TimeUnit;

/** Measures time spans inside one process. */
interface Ticker {
    /** A moment. */
    interface Mark {
        /** @return milliseconds since then, rather too many than too few */
        long elapsedMs();
    }

    /**
     * The system's two clocks, of which the one that went further counts: the monotonic one may stand still while a machine
     * is suspended, the other may be set back.
     */
    Ticker SYSTEM = () -> {
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        return () ->
                Math.max(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos), System.currentTimeMillis() - millis);
    };

    /** @return now */
    Mark mark();
}
