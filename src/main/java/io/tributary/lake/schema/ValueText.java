package io.tributary.lake.schema;

import io.tributary.row.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;

/** A value as exact text, from which it can be made again. */
public final class ValueText {
    private ValueText() {}

    /** @param value of that type, not null */
    public static String of(ColumnType type, Object value) {
        switch (type.kind()) {
            case DECIMAL:
                return ((BigDecimal) value).toPlainString();
            case DATE:
                return LocalDate.ofEpochDay((Integer) value).toString();
            case TIMESTAMP:
                return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
            case BYTES:
                return Base64.getEncoder().encodeToString((byte[]) value);
            case ARRAY:
                StringJoiner items = new StringJoiner(",", "[", "]");
                for (Object item : (List<?>) value) {
                    items.add(item == null ? "null" : of(type.element(), item));
                }
                return items.toString();
            default:
                return value.toString();
        }
    }
}
