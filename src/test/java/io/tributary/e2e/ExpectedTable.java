package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.Truth;
import io.tributary.row.Infinity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a table has to hold after a recording, and the only differences that no consumer can avoid (recordings/README.md). */
public final class ExpectedTable {
    /** Defaults that the database shows for a NULL, or for rows that it never sent again after an ALTER TABLE. */
    private static final Map<String, String> DATABASE_DEFAULTS = Map.of(
            "tickit.ecomm.date.holiday", "0",
            "tickit.ecomm.sale.channel", "web",
            "tickit.ems.event.agelimit", "18",
            "tickit.ems.category.notes", "none");

    /** The flattening transform drops TRUNCATE. */
    private static final List<String> TRUNCATED = List.of("tickit.ecomm.date", "tickit.ems.category");

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private final String table;
    private final List<String> columns;
    private final Map<String, Map<String, String>> rows = new TreeMap<>();

    private ExpectedTable(String table, Truth end) {
        this.table = table;
        this.columns = end.columns();
    }

    /** @param table full name, e.g. {@code tickit.ecomm.sale} */
    public static ExpectedTable after(Recording recording, String table) {
        Truth end = recording.truth(table, Moment.FINAL);
        ExpectedTable expected = new ExpectedTable(table, end);
        if (recording.name().startsWith("unwrap") && TRUNCATED.contains(table)) {
            expected.add(recording.truth(table, Moment.BEFORE_TRUNCATE));
        }
        expected.add(end);
        return expected;
    }

    private void add(Truth truth) {
        truth.asMaps().forEach(row -> rows.put(row.get(keyColumn()), row));
    }

    /** @return in the database's order; the key comes first */
    public List<String> columns() {
        return columns;
    }

    public String keyColumn() {
        return columns.get(0);
    }

    /**
     * @param live the rows that are not deleted, by the text of their key; values as the row reader gives them (days and
     *     microseconds) or as queries do (dates and times)
     */
    public void assertEqualTo(Map<String, ? extends Map<String, Object>> live) {
        assertThat(live.keySet()).as("keys of %s", table).isEqualTo(rows.keySet());
        rows.forEach((key, row) -> row.forEach(
                (column, truth) -> assertValue(key, column, truth, live.get(key).get(column))));
    }

    private void assertValue(String key, String column, String truth, Object value) {
        String standIn = DATABASE_DEFAULTS.get(table + "." + column);
        if (standIn != null && (truth == null || value == null)) {
            assertThat(truth == null ? String.valueOf(value) : truth)
                    .as("%s %s.%s", table, key, column)
                    .isIn(standIn, truth == null ? "null" : standIn);
        } else {
            assertThat(value).as("%s %s.%s", table, key, column).isEqualTo(parse(truth, value));
        }
    }

    /** @return the database's text as a value of the same class as {@code like} */
    private static Object parse(String truth, Object like) {
        if (truth == null || like == null) {
            return truth;
        } else if (like instanceof Integer) {
            return isDate(truth) ? (int) LocalDate.parse(truth).toEpochDay() : Integer.parseInt(truth);
        } else if (like instanceof Long) {
            return Infinity.micros(truth) != null || truth.indexOf('-') > 0 ? micros(truth) : Long.valueOf(truth);
        } else if (like instanceof Double) {
            return Double.valueOf(truth);
        } else if (like instanceof BigDecimal) {
            return new BigDecimal(truth);
        } else if (like instanceof LocalDate) {
            return LocalDate.parse(truth);
        } else if (like instanceof LocalDateTime) {
            return EPOCH.plus(micros(truth), ChronoUnit.MICROS);
        }
        return truth;
    }

    private static boolean isDate(String text) {
        return text.length() == 10 && text.charAt(4) == '-';
    }

    private static Long micros(String truth) {
        Long infinity = Infinity.micros(truth);
        return infinity != null
                ? infinity
                : Long.valueOf(ChronoUnit.MICROS.between(EPOCH, LocalDateTime.parse(truth.replace(' ', 'T'))));
    }
}
