package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.row.ColumnType;
import io.tributary.row.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnValuesTest {
    private static final EventTime ISO = new EventTime(null, ZoneOffset.UTC);

    @Test
    void aDoubleCountsByItsShortestText() throws Exception {
        assertThat(ColumnValues.number(ColumnType.DOUBLE, 0.1)).isEqualTo(new BigDecimal("0.1"));
        assertThat(ColumnValues.number(ColumnType.DOUBLE, 1e22)).isEqualTo(new BigDecimal("1.0E+22"));
        assertThat(ColumnValues.number(ColumnType.FLOAT, 9.99f)).isEqualTo(new BigDecimal("9.99"));
    }

    @Test
    void numbersAreExactWhateverTheirType() throws Exception {
        BigDecimal decimal = new BigDecimal("12345678901234567890.12");
        assertThat(ColumnValues.number(ColumnType.decimal(22, 2), decimal)).isEqualTo(decimal);
        assertThat(ColumnValues.number(ColumnType.INT, 7)).isEqualTo(BigDecimal.valueOf(7));
        assertThat(ColumnValues.number(ColumnType.LONG, Long.MAX_VALUE)).isEqualTo(BigDecimal.valueOf(Long.MAX_VALUE));
        assertThat(ColumnValues.number(ColumnType.STRING, " 4.99 ")).isEqualTo(new BigDecimal("4.99"));
        assertThat(ColumnValues.number(ColumnType.STRING, new Values.Rescued("5")))
                .isEqualTo(new BigDecimal("5"));
        assertThat(ColumnValues.number(ColumnType.STRING, null)).isNull();
        assertThat(ColumnValues.number(ColumnType.STRING, Values.UNAVAILABLE)).isSameAs(Values.UNAVAILABLE);
    }

    @Test
    void whatIsNoNumberIsRefusedWithoutItsText() {
        assertThatThrownBy(() -> ColumnValues.number(ColumnType.STRING, "secret"))
                .isInstanceOf(UncountableException.class)
                .hasMessageContaining("no number")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> ColumnValues.number(ColumnType.DOUBLE, Double.NaN))
                .isInstanceOf(UncountableException.class);
        assertThatThrownBy(() -> ColumnValues.number(ColumnType.BOOLEAN, true))
                .isInstanceOf(UncountableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e30", "1e-999999999", "1e2147483647", "1234567890123456789012345678901"})
    void whatWouldFillTheMemoryIsRefused(String text) {
        assertThatThrownBy(() -> ColumnValues.number(ColumnType.STRING, text))
                .isInstanceOf(UncountableException.class)
                .hasMessageContaining("too long to be added up");
    }

    @Test
    void theLongestNumbersThatAreAddedUp() throws Exception {
        assertThat(ColumnValues.number(ColumnType.STRING, "9e29")).isEqualTo(new BigDecimal("9e29"));
        assertThat(ColumnValues.number(ColumnType.DOUBLE, Double.MIN_VALUE)).isEqualTo(new BigDecimal("4.9E-324"));
    }

    @ParameterizedTest
    @CsvSource({
        "2022-07-25T14:20:00Z, 2022-07-25T14:20:00Z",
        "2022-07-25T14:20:00+02:00, 2022-07-25T12:20:00Z",
        "2022-07-25T14:20:00.123456, 2022-07-25T14:20:00.123Z",
        "2022-07-25 14:20:00, 2022-07-25T14:20:00Z",
        "2022-07-25, 2022-07-25T00:00:00Z"
    })
    void isoTextsAreTimes(String text, String instant) throws Exception {
        assertThat(ColumnValues.time(ColumnType.STRING, text, ISO))
                .isEqualTo(Instant.parse(instant).toEpochMilli());
    }

    @Test
    void textsHaveAPatternAndAZone() throws Exception {
        EventTime tickit = new EventTime("M/d/yyyy HH:mm:ss", ZoneId.of("Europe/Berlin"));
        assertThat(ColumnValues.time(ColumnType.STRING, "2/18/2020 02:36:48", tickit))
                .isEqualTo(Instant.parse("2020-02-18T01:36:48Z").toEpochMilli());
        assertThatThrownBy(() -> ColumnValues.time(ColumnType.STRING, "yesterday", tickit))
                .hasMessageContaining("M/d/yyyy HH:mm:ss")
                .hasMessageContaining("time.format")
                .hasMessageNotContaining("yesterday");
    }

    @Test
    void timestampsAndDatesAreTimes() throws Exception {
        assertThat(ColumnValues.time(ColumnType.TIMESTAMP, -1L, ISO)).isEqualTo(-1L);
        assertThat(ColumnValues.time(ColumnType.TIMESTAMP, 1_999L, ISO)).isEqualTo(1L);
        int day = (int) LocalDate.of(2020, 1, 2).toEpochDay();
        assertThat(ColumnValues.time(ColumnType.DATE, day, new EventTime(null, ZoneId.of("+01:00"))))
                .isEqualTo(Instant.parse("2020-01-01T23:00:00Z").toEpochMilli());
        assertThatThrownBy(() -> ColumnValues.time(ColumnType.LONG, 1L, ISO)).hasMessageContaining("no time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "+292278993-01-01T00:00:00Z",
                "+999999999-12-31"
            })
    void textsOfOtherYearsAreNoTimes(String text) {
        assertThatThrownBy(() -> ColumnValues.time(ColumnType.STRING, text, ISO))
                .isInstanceOf(UncountableException.class)
                .hasMessageContaining("years 0 to 9999");
    }

    /** Debezium's for PostgreSQL's infinity, in microseconds, and the largest and smallest numbers there are. */
    @ParameterizedTest
    @ValueSource(longs = {9223371331200000000L, -9223372036832400000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void timestampsOfOtherYearsAreNoTimes(long micros) {
        assertThatThrownBy(() -> ColumnValues.time(ColumnType.TIMESTAMP, micros, ISO))
                .isInstanceOf(UncountableException.class)
                .hasMessageContaining("years 0 to 9999");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE})
    void daysOfOtherYearsAreNoTimes(int day) {
        assertThatThrownBy(() -> ColumnValues.time(ColumnType.DATE, day, ISO))
                .isInstanceOf(UncountableException.class)
                .hasMessageContaining("years 0 to 9999");
    }

    @Test
    void theFirstAndTheLastTimeAreInWindows() throws Exception {
        Windows windows = Windows.of(Windows.LONGEST, Windows.LONGEST, Duration.ofMillis(Long.MAX_VALUE));
        for (String text : new String[] {"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"}) {
            long time = (Long) ColumnValues.time(ColumnType.STRING, text, ISO);
            long[] starts = windows.startsOf(time);
            assertThat(starts).hasSize(1);
            assertThat(time).isBetween(starts[0], windows.end(starts[0]) - 1);
            assertThat(windows.closedAt(starts[0])).isGreaterThan(windows.end(starts[0]));
            assertThat(windows.startOfWindowEnding(windows.completeAt(starts[0])))
                    .isEqualTo(starts[0]);
            assertThat(windows.startOfWindowEnding(windows.closedAt(starts[0]) - windows.retention()))
                    .isEqualTo(starts[0]);
        }
    }

    /** Clocks go from 02:00 to 03:00 on one night and from 03:00 back to 02:00 on another. */
    @ParameterizedTest
    @CsvSource({
        "2022-03-27T01:59:59, 2022-03-27T00:59:59Z",
        "2022-03-27T02:30:00, 2022-03-27T01:30:00Z",
        "2022-03-27T03:30:00, 2022-03-27T01:30:00Z",
        "2022-10-30T02:30:00, 2022-10-30T00:30:00Z",
        "2022-10-30T02:30:00+01:00, 2022-10-30T01:30:00Z",
        "2022-10-30T03:00:00, 2022-10-30T02:00:00Z",
        "2022-03-27, 2022-03-26T23:00:00Z",
        "2022-03-28, 2022-03-27T22:00:00Z"
    })
    void summerTimeBeginsAndEnds(String text, String instant) throws Exception {
        assertThat(ColumnValues.time(ColumnType.STRING, text, new EventTime(null, ZoneId.of("Europe/Berlin"))))
                .isEqualTo(Instant.parse(instant).toEpochMilli());
    }

    @Test
    void aDayWithoutAMidnightBeginsWhenItsClocksDo() throws Exception {
        int day = (int) LocalDate.of(2018, 11, 4).toEpochDay();
        assertThat(ColumnValues.time(ColumnType.DATE, day, new EventTime(null, ZoneId.of("America/Sao_Paulo"))))
                .isEqualTo(Instant.parse("2018-11-04T03:00:00Z").toEpochMilli());
    }

    @Test
    void keysOfDimensionsAreWrittenAsMessageKeysAre() {
        assertThat(ColumnValues.key(ColumnType.INT, 7)).isEqualTo("7");
        assertThat(ColumnValues.key(ColumnType.STRING, "")).isEqualTo("__empty__");
        assertThat(ColumnValues.key(ColumnType.decimal(4, 2), new BigDecimal("1.50")))
                .isEqualTo("1.50");
        assertThat(ColumnValues.key(ColumnType.DATE, 0)).isEqualTo("1970-01-01");
        assertThat(ColumnValues.key(ColumnType.INT, null)).isNull();
    }

    @Test
    void groupsKeepTheTypesOfJson() {
        assertThat(ColumnValues.group(ColumnType.INT, 7)).isEqualTo(7L);
        assertThat(ColumnValues.group(ColumnType.BOOLEAN, true)).isEqualTo(true);
        assertThat(ColumnValues.group(ColumnType.DOUBLE, 1.5)).isEqualTo(new BigDecimal("1.5"));
        assertThat(ColumnValues.group(ColumnType.DOUBLE, Double.NaN)).isEqualTo("NaN");
        assertThat(ColumnValues.group(ColumnType.DATE, 0)).isEqualTo("1970-01-01");
        assertThat(ColumnValues.group(ColumnType.STRING, "O'Brien")).isEqualTo("O'Brien");
    }

    @Test
    void aGroupIsTheMembersOfAJsonObject() {
        AggregateSpec spec = Sales.spec("group.by", "country, district, size, vip");
        Object[] values = {null, null, null, "a \"b\"", null, 3L, true};
        assertThat(new GroupText(spec.groupBy()).of(values))
                .isEqualTo("\"country\":\"a \\\"b\\\"\",\"district\":null,\"size\":3,\"vip\":true");
    }
}
