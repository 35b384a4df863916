package io.tributary.lake.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.row.Column;
import io.tributary.row.ColumnType;
import io.tributary.row.Infinity;
import io.tributary.row.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Types get wider without loss, or not at all; values arrive exactly, or are rescued. */
class TypeWideningTest {
    @Property
    void joinDoesNotDependOnWhichTypeWasFirst(@ForAll("types") ColumnType a, @ForAll("types") ColumnType b) {
        assertThat(TypeWidening.join(a, b)).isEqualTo(TypeWidening.join(b, a));
        assertThat(TypeWidening.join(a, a)).isEqualTo(a);
    }

    @Property
    void aJoinedTypeTakesInBothTypesAndStays(@ForAll("types") ColumnType a, @ForAll("types") ColumnType b) {
        ColumnType joined = TypeWidening.join(a, b);
        if (joined != null) {
            assertThat(TypeWidening.join(joined, a)).isEqualTo(joined);
            assertThat(TypeWidening.join(b, joined)).isEqualTo(joined);
        }
    }

    @Property
    void everyDecimalOfBothTypesIsExactInTheirJoin(
            @ForAll("decimals") ColumnType a, @ForAll("decimals") ColumnType b, @ForAll BigInteger digits) {
        ColumnType joined = TypeWidening.join(a, b);
        BigDecimal value = decimal(digits, a);
        Object converted =
                TypeWidening.converter(a, joined == null ? a : joined).apply(value);
        assertThat((BigDecimal) converted).isEqualByComparingTo(value);
        assertThat(((BigDecimal) converted).scale()).isEqualTo((joined == null ? a : joined).scale());
    }

    @Property
    void aDecimalOfAnyTypeIsExactInAnyOtherOrRescued(
            @ForAll("decimals") ColumnType from, @ForAll("decimals") ColumnType to, @ForAll BigInteger digits) {
        BigDecimal value = decimal(digits, from);
        Object converted = TypeWidening.converter(from, to).apply(value);
        boolean fits = value.setScale(Math.min(value.scale(), to.scale()), java.math.RoundingMode.DOWN)
                                .compareTo(value)
                        == 0
                && value.abs().compareTo(BigDecimal.TEN.pow(to.precision() - to.scale())) < 0;
        if (fits) {
            assertThat(converted).isEqualTo(value.setScale(to.scale(), java.math.RoundingMode.UNNECESSARY));
        } else {
            assertThat(converted).isEqualTo(new Values.Rescued(value.toPlainString()));
        }
    }

    @Property
    void aLongGoesIntoAnIntColumnOrIsRescued(@ForAll long value) {
        Object converted =
                TypeWidening.converter(ColumnType.LONG, ColumnType.INT).apply(value);
        assertThat(converted)
                .isEqualTo(value == (int) value ? (Object) (int) value : new Values.Rescued(Long.toString(value)));
    }

    @Property
    void anIntIsTheSameNumberInLongAndDouble(@ForAll int value) {
        assertThat(TypeWidening.converter(ColumnType.INT, ColumnType.LONG).apply(value))
                .isEqualTo((long) value);
        assertThat(TypeWidening.converter(ColumnType.INT, ColumnType.DOUBLE).apply(value))
                .isEqualTo((double) value);
    }

    @Property
    void aFloatIsTheSameNumberInDouble(@ForAll float value) {
        assertThat(TypeWidening.converter(ColumnType.FLOAT, ColumnType.DOUBLE).apply(value))
                .isEqualTo((double) value);
    }

    @Example
    void numbersThatNoTypeHoldsExactlyTogetherAreNotJoined() {
        assertThat(TypeWidening.join(ColumnType.LONG, ColumnType.DOUBLE)).isNull();
        assertThat(TypeWidening.join(ColumnType.FLOAT, ColumnType.LONG)).isNull();
        assertThat(TypeWidening.join(ColumnType.INT, ColumnType.FLOAT)).isEqualTo(ColumnType.DOUBLE);
        assertThat(TypeWidening.join(ColumnType.INT, ColumnType.STRING)).isNull();
        assertThat(TypeWidening.join(ColumnType.decimal(38, 0), ColumnType.decimal(10, 2)))
                .isNull();
        assertThat(TypeWidening.join(ColumnType.decimal(10, 2), ColumnType.decimal(8, 4)))
                .isEqualTo(ColumnType.decimal(12, 4));
    }

    @Example
    void aTypeThatDoesNotFitIsRescuedAsExactText() {
        assertThat(TypeWidening.converter(ColumnType.STRING, ColumnType.INT).apply("12a"))
                .isEqualTo(new Values.Rescued("12a"));
        assertThat(TypeWidening.converter(ColumnType.DATE, ColumnType.INT).apply(-1))
                .isEqualTo(new Values.Rescued("1969-12-31"));
        assertThat(TypeWidening.converter(ColumnType.TIMESTAMP, ColumnType.LONG).apply(-1L))
                .isEqualTo(new Values.Rescued("1969-12-31T23:59:59.999999Z"));
        assertThat(TypeWidening.converter(ColumnType.BYTES, ColumnType.INT).apply(new byte[] {1, 2}))
                .isEqualTo(new Values.Rescued("AQI="));
    }

    @Example
    void aTextColumnTakesTheExactTextOfAnything() {
        assertThat(TypeWidening.converter(ColumnType.decimal(10, 4), ColumnType.STRING)
                        .apply(new BigDecimal("-0.0500")))
                .isEqualTo("-0.0500");
        assertThat(TypeWidening.converter(ColumnType.TIMESTAMP, ColumnType.STRING)
                        .apply(Infinity.POSITIVE_MICROS))
                .isEqualTo("infinity");
    }

    @Example
    void arraysWidenByTheirElementsAndAreRescuedWhole() {
        ColumnType ints = ColumnType.array(ColumnType.INT);
        ColumnType longs = ColumnType.array(ColumnType.LONG);
        assertThat(TypeWidening.join(ints, longs)).isEqualTo(longs);
        assertThat(TypeWidening.converter(ints, longs).apply(Arrays.asList(1, null)))
                .isEqualTo(Arrays.asList(1L, null));
        assertThat(TypeWidening.converter(longs, ints).apply(Arrays.asList(1L, null, 1L << 40)))
                .isEqualTo(new Values.Rescued("[1,null,1099511627776]"));
    }

    @Example
    void theTextOfAnArrayTellsItsElementsApart() {
        ColumnType texts = ColumnType.array(ColumnType.STRING);
        assertThat(List.of(
                        ValueText.of(texts, List.of("a,b")),
                        ValueText.of(texts, List.of("a", "b")),
                        ValueText.of(texts, List.of("null", "\"")),
                        ValueText.of(texts, Arrays.asList(null, "\""))))
                .doesNotHaveDuplicates();
        assertThat(ValueText.of(texts, List.of("a\"b", "ä"))).isEqualTo("[\"a\\\"b\",\"ä\"]");
    }

    @Example
    void aSchemaGetsNewColumnsAtTheEndAndWiderTypes() {
        TableSchema stored = schema(column("id", ColumnType.INT), column("n", ColumnType.INT));
        TableSchema rows =
                schema(column("added", ColumnType.STRING), column("n", ColumnType.LONG), column("id", ColumnType.INT));
        assertThat(stored.widen(rows))
                .isEqualTo(schema(
                        column("id", ColumnType.INT),
                        column("n", ColumnType.LONG),
                        column("added", ColumnType.STRING)));
    }

    @Example
    void aSchemaThatIsWideEnoughStaysTheSameInstance() {
        TableSchema stored = schema(column("id", ColumnType.INT), column("n", ColumnType.LONG));
        assertThat(stored.widen(schema(column("n", ColumnType.INT)))).isSameAs(stored);
        assertThat(stored.widen(schema(column("n", ColumnType.STRING)))).isSameAs(stored);
        assertThat(stored.indexOf("n")).isEqualTo(1);
        assertThat(stored.indexOf("none")).isEqualTo(-1);
    }

    @Property
    void columnsReadBackFromAvroAreTheColumnsThatWereWritten(
            @ForAll("types") ColumnType a, @ForAll("types") ColumnType b) {
        TableSchema schema = schema(column("id", ColumnType.INT), column("a", a), column("b", b));
        String json = AvroSchemas.file(schema).toString();
        assertThat(AvroSchemas.columns(new org.apache.hudi.org.apache.avro.Schema.Parser().parse(json), List.of("id")))
                .isEqualTo(schema);
        assertThat(AvroSchemas.columns(AvroSchemas.table(schema), List.of("id")))
                .isEqualTo(schema);
    }

    @Property
    void decimalsHaveAsManyBytesAsTheirPrecisionNeeds(@ForAll("decimals") ColumnType type) {
        int bytes = AvroSchemas.decimalBytes(type.precision());
        BigInteger largest = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        assertThat(largest.bitLength()).isBetween(8 * (bytes - 1), 8 * bytes - 1);
    }

    private static BigDecimal decimal(BigInteger digits, ColumnType type) {
        return new BigDecimal(digits.remainder(BigInteger.TEN.pow(type.precision())), type.scale());
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, true);
    }

    private static TableSchema schema(Column... columns) {
        return new TableSchema(List.of(columns), List.of("id"));
    }

    @Provide
    Arbitrary<ColumnType> decimals() {
        return Arbitraries.integers()
                .between(1, 38)
                .flatMap(precision -> Arbitraries.integers()
                        .between(0, precision)
                        .map(scale -> ColumnType.decimal(precision, scale)));
    }

    @Provide
    Arbitrary<ColumnType> types() {
        Arbitrary<ColumnType> plain = Arbitraries.oneOf(
                Arbitraries.of(
                        ColumnType.BOOLEAN,
                        ColumnType.INT,
                        ColumnType.LONG,
                        ColumnType.FLOAT,
                        ColumnType.DOUBLE,
                        ColumnType.DATE,
                        ColumnType.TIMESTAMP,
                        ColumnType.STRING,
                        ColumnType.BYTES),
                decimals());
        return Arbitraries.oneOf(plain, plain.map(ColumnType::array));
    }
}
