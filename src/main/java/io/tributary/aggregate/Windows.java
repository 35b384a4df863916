package io.tributary.aggregate;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Which windows an event time falls into and how long they can be corrected: a pure function of times in milliseconds
 * since the epoch. A window is named by its start; it ends before {@code start + size}. Event times are those of the
 * years 0 to 9999 ({@link EventTime}), size and retention at most {@link #LONGEST}, so that no sum overflows. Immutable.
 */
final class Windows implements Serializable {
    private static final long serialVersionUID = 1L;
    /** The time of what never ends: fires when the input has ended. */
    static final long NEVER = Long.MAX_VALUE;
    /** Longer than from the first event time to the last. */
    static final Duration LONGEST = Duration.ofDays(4_000_000);

    private final boolean total;
    private final long size;
    private final long slide;
    private final long retention;

    private Windows(boolean total, long size, long slide, long retention) {
        this.total = total;
        this.size = size;
        this.slide = slide;
        this.retention = retention;
    }

    static Windows total(Duration retention) {
        return new Windows(true, 0, 0, atMostLongest(retention));
    }

    /**
     * @param size at most {@link #LONGEST}
     * @param slide equal to {@code size} for tumbling windows
     */
    static Windows of(Duration size, Duration slide, Duration retention) {
        return new Windows(false, size.toMillis(), slide.toMillis(), atMostLongest(retention));
    }

    /** @return milliseconds; those of {@link #LONGEST} for a duration beside which a longer one makes no difference */
    static long atMostLongest(Duration duration) {
        return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toMillis();
    }

    /** @return whether the watermark is the one that says that the input has ended, which is no event time */
    static boolean isEndOfInput(long watermark) {
        return watermark == Long.MAX_VALUE;
    }

    /** @return whether there is one window without start and end */
    boolean isTotal() {
        return total;
    }

    /** @return milliseconds that a window stays correctable after its end, and an uncounted row stays known */
    long retention() {
        return retention;
    }

    /** @return the starts of the windows that hold the time, latest first; one 0 for a total */
    long[] startsOf(long time) {
        if (total) {
            return new long[] {0};
        }
        long last = TimeWindow.getWindowStartWithOffset(time, 0, slide);
        int count = Math.toIntExact((last - (time - size) + slide - 1) / slide);
        long[] starts = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = last - i * slide;
        }
        return starts;
    }

    /** @return the end, exclusive; {@link #NEVER} for a total */
    long end(long start) {
        return total ? NEVER : start + size;
    }

    /** @return the start of the window whose last millisecond this is */
    long startOfWindowEnding(long lastMillisecond) {
        return lastMillisecond + 1 - size;
    }

    /** @return the watermark at which the window is complete: its last millisecond; {@link #NEVER} for a total */
    long completeAt(long start) {
        return total ? NEVER : end(start) - 1;
    }

    /** @return the watermark at which the window can no longer be corrected */
    long closedAt(long start) {
        return total ? NEVER : completeAt(start) + retention;
    }

    /** @return the watermark at which no window that holds the time can be corrected any more */
    long closedFor(long time) {
        return total ? NEVER : closedAt(TimeWindow.getWindowStartWithOffset(time, 0, slide));
    }
}
