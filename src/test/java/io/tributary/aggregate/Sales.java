package io.tributary.aggregate;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** Makes specs and changes for tests. */
final class Sales {
    private Sales() {}

    /** @param settings key, value, key, value ... on top of sales by country in tumbling windows of ten minutes */
    static AggregateSpec spec(String... settings) {
        Configuration configuration = new Configuration();
        configuration.setString("table", "shop.public.sale");
        configuration.setString("group.by", "country");
        configuration.setString("amount", "amount");
        configuration.setString("time", "soldat");
        configuration.setString("window", "tumbling");
        configuration.setString("output", "figures");
        for (int i = 0; i < settings.length; i += 2) {
            configuration.setString(settings[i], settings[i + 1]);
        }
        return AggregateSpec.of("test", configuration);
    }

    static String position(long number) {
        return String.format("%012d", number);
    }

    static RawRecord record(int partition, long offset) {
        return RawRecord.ofKafka("shop.public.sale", partition, offset, 0, null, new byte[] {1}, Headers.NONE);
    }

    static RowChange put(String key, long position, Object country, String amount, Object time, Object... more) {
        return change(RowChange.Kind.PUT, false, key, position, country, amount, time, more);
    }

    static RowChange read(String key, long position, Object country, String amount, Object time) {
        return change(RowChange.Kind.PUT, true, key, position, country, amount, time);
    }

    static RowChange delete(String key, long position) {
        return new RowChange(RowChange.Kind.DELETE, key, position(position), false, null, record(0, position));
    }

    private static RowChange change(
            RowChange.Kind kind,
            boolean snapshot,
            String key,
            long position,
            Object country,
            String amount,
            Object time,
            Object... more) {
        List<Object> values = new ArrayList<>();
        values.add(amount == null ? null : new BigDecimal(amount));
        values.add(null);
        values.add(time instanceof String text ? (Object) at(text) : time);
        values.add(country);
        values.addAll(List.of(more));
        return new RowChange(kind, key, position(position), snapshot, values.toArray(), record(0, position));
    }

    /** @param time {@code HH:mm} or {@code HH:mm:ss} of 2022-07-25 */
    static long at(String time) {
        return Instant.parse("2022-07-25T" + (time.length() == 5 ? time + ":00" : time) + "Z")
                .toEpochMilli();
    }
}
