package io.tributary.local.query;

import io.tributary.row.Infinity;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values as text: plain numbers without exponent, times to the microsecond where they have one, bytes as hex, PostgreSQL's
 * infinite timestamps as its words.
 */
final class ValueText {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter TIME_SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter TIME_MICROS = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private ValueText() {}

    /** @param value not null */
    static String of(Object value) {
        if (value instanceof LocalDateTime time) {
            String infinity = Infinity.text(micros(time));
            return infinity != null ? infinity : (wholeSeconds(time.getNano()) ? SECONDS : MICROS).format(time);
        }
        if (value instanceof LocalTime time) {
            return (wholeSeconds(time.getNano()) ? TIME_SECONDS : TIME_MICROS).format(time);
        }
        if (value instanceof Double || value instanceof Float) {
            return floating((Number) value);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(each -> each == null ? "null" : of(each))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return value.toString();
    }

    /** @return the time in UTC that is so many microseconds after 1970 */
    static LocalDateTime time(long micros) {
        return EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }

    private static boolean wholeSeconds(int nanos) {
        return nanos < ChronoUnit.MICROS.getDuration().getNano();
    }

    /** The shortest digits that name the number, without exponent and without {@code .0}. */
    private static String floating(Number number) {
        String shortest = number.toString();
        if (Double.isNaN(number.doubleValue()) || Double.isInfinite(number.doubleValue())) {
            return shortest;
        }
        BigDecimal exact = new BigDecimal(shortest).stripTrailingZeros();
        return exact.signum() == 0 ? "0" : exact.toPlainString();
    }
}
