package io.tributary.lake.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.row.ColumnType;
import io.tributary.row.Infinity;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExactTextTest {
    private static final ColumnType MONEY = ColumnType.decimal(8, 2);

    @Property(tries = 200)
    void whatIsWrittenIsReadAsItWas(
            @ForAll int number, @ForAll long large, @ForAll double real, @ForAll boolean flag, @ForAll String text) {
        assertSame(ColumnType.INT, number);
        assertSame(ColumnType.LONG, large);
        assertSame(ColumnType.LONG, (long) number);
        assertSame(ColumnType.DOUBLE, real);
        assertSame(ColumnType.BOOLEAN, flag);
        assertSame(ColumnType.STRING, text);
        assertSame(ColumnType.DATE, number % 4_000_000);
        assertSame(ColumnType.TIMESTAMP, large / 100);
        assertSame(MONEY, BigDecimal.valueOf(number % 100_000_000, 2));
        assertSame(ColumnType.array(ColumnType.LONG), Arrays.asList(large, null, (long) number));
        assertSame(ColumnType.array(MONEY), List.of(BigDecimal.valueOf(number % 100_000_000, 2)));
        assertSame(ColumnType.array(ColumnType.STRING), Arrays.asList(text, null, "null", "\"]"));
        assertSame(ColumnType.array(ColumnType.TIMESTAMP), List.of(large / 100));
    }

    private static void assertSame(ColumnType type, Object value) {
        assertThat(ExactText.parse(type, ValueText.of(type, value)))
                .as("%s", type)
                .isEqualTo(value);
    }

    static Stream<Arguments> fitting() {
        return Stream.of(
                Arguments.of(ColumnType.DOUBLE, "41", 41.0),
                Arguments.of(ColumnType.DOUBLE, "-Infinity", Double.NEGATIVE_INFINITY),
                Arguments.of(ColumnType.FLOAT, "0.5", 0.5f),
                Arguments.of(MONEY, "7", new BigDecimal("7.00")),
                Arguments.of(MONEY, "7.500", new BigDecimal("7.50")),
                Arguments.of(ColumnType.LONG, "7.0", 7L),
                Arguments.of(ColumnType.TIMESTAMP, "infinity", Infinity.POSITIVE_MICROS),
                Arguments.of(ColumnType.TIMESTAMP, "1969-12-31T23:59:59.999999Z", -1L));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void anotherFormOfTheSameValueFits(ColumnType type, String text, Object value) {
        assertThat(ExactText.parse(type, text)).isEqualTo(value);
    }

    static Stream<Arguments> notFitting() {
        return Stream.of(
                Arguments.of(ColumnType.INT, "2147483648"),
                Arguments.of(ColumnType.INT, "forty-two"),
                Arguments.of(ColumnType.INT, "7.5"),
                Arguments.of(ColumnType.INT, "007"),
                Arguments.of(ColumnType.INT, ""),
                Arguments.of(ColumnType.LONG, "9223372036854775808"),
                Arguments.of(ColumnType.LONG, "1e999999999"),
                Arguments.of(ColumnType.FLOAT, "0.1"),
                Arguments.of(ColumnType.FLOAT, "16777217"),
                Arguments.of(ColumnType.DOUBLE, "9007199254740993"),
                Arguments.of(ColumnType.DOUBLE, "0x1p3"),
                Arguments.of(ColumnType.DOUBLE, "1e400"),
                Arguments.of(ColumnType.BOOLEAN, "TRUE"),
                Arguments.of(MONEY, "7.005"),
                Arguments.of(MONEY, "1000000.00"),
                Arguments.of(ColumnType.DATE, "2026-02-30"),
                Arguments.of(ColumnType.DATE, "2026-01-01T00:00:00Z"),
                Arguments.of(ColumnType.TIMESTAMP, "2026-01-01T00:00:00.000000001Z"),
                Arguments.of(ColumnType.TIMESTAMP, "2026-01-01"),
                Arguments.of(ColumnType.BYTES, "AAAA"),
                Arguments.of(ColumnType.array(ColumnType.INT), "[1,2147483648]"),
                Arguments.of(ColumnType.array(ColumnType.BYTES), "[\"AAAA\"]"),
                Arguments.of(ColumnType.array(ColumnType.INT), "[1"),
                Arguments.of(ColumnType.array(ColumnType.INT), ""),
                Arguments.of(ColumnType.array(ColumnType.INT), "7"));
    }

    @ParameterizedTest
    @MethodSource("notFitting")
    void whatTheTypeCannotHoldExactlyIsRefused(ColumnType type, String text) {
        assertThat(ExactText.parse(type, text)).isNull();
    }

    @Test
    void aFloatsTextFitsAFloatOnlyWhereADoubleOfThatTextIsTheSameNumber() {
        assertThat(ExactText.parse(ColumnType.FLOAT, Float.toString(1.25f))).isEqualTo(1.25f);
        assertThat(ExactText.parse(ColumnType.FLOAT, Float.toString(3.3f))).isNull();
        assertThat(ExactText.parse(ColumnType.FLOAT, "NaN")).isEqualTo(Float.NaN);
    }
}
