package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.row.AvroBytes;
import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import io.tributary.row.Values;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KeyTextTest {
    @Test
    void aSingleColumnIsItsValue() throws Exception {
        assertThat(single("\"int\"", -7)).isEqualTo("-7");
        assertThat(single("\"long\"", Long.MAX_VALUE)).isEqualTo("9223372036854775807");
        assertThat(single("\"boolean\"", true)).isEqualTo("true");
        assertThat(single("\"string\"", "a,b:c\\")).isEqualTo("a,b:c\\");
        assertThat(single("\"string\"", "")).isEqualTo("__empty__");
        assertThat(single("\"bytes\"", new byte[0])).isEqualTo("__empty__");
        assertThat(single("\"string\"", "__empty__")).isEqualTo("\\__empty__");
        assertThat(single("\"string\"", "\\__empty__")).isEqualTo("\\\\__empty__");
        assertThat(single("\"string\"", "a__empty__")).isEqualTo("a__empty__");
        assertThat(single("\"bytes\"", new byte[] {0, -1})).isEqualTo("AP8=");
        assertThat(single(
                        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}",
                        new BigDecimal("7.00")))
                .isEqualTo("7.00");
        assertThat(single("{\"type\":\"int\",\"logicalType\":\"date\"}", -1)).isEqualTo("1969-12-31");
        assertThat(single("{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}", -1L))
                .isEqualTo("1969-12-31T23:59:59.999999Z");
        assertThat(single("\"string\"", new Values.Rescued("r"))).isEqualTo("r");
    }

    @Test
    void aColumnWithoutAValueLeavesNoKey() throws Exception {
        assertThat(single("\"string\"", null)).isNull();
        assertThat(single("\"string\"", Values.UNAVAILABLE)).isNull();
        assertThat(KeyText.of(pair(), new Object[] {"a", null})).isNull();
    }

    @Test
    void severalColumnsComeInKeyOrderWithTheirNames() throws Exception {
        assertThat(KeyText.of(pair(), new Object[] {"1", "2"})).isEqualTo("b:2,a:1");
    }

    @Property
    void differentKeysHaveDifferentTexts(
            @ForAll @StringLength(max = 8) @Chars({',', ':', '\\', 'a', 'b'}) String a1,
            @ForAll @StringLength(max = 8) @Chars({',', ':', '\\', 'a', 'b'}) String b1,
            @ForAll @StringLength(max = 8) @Chars({',', ':', '\\', 'a', 'b'}) String a2,
            @ForAll @StringLength(max = 8) @Chars({',', ':', '\\', 'a', 'b'}) String b2)
            throws Exception {
        boolean equal = a1.equals(a2) && b1.equals(b2);
        String first = KeyText.of(pair(), new Object[] {a1, b1});
        assertThat(first.equals(KeyText.of(pair(), new Object[] {a2, b2}))).isEqualTo(equal);
        String moved = b1 + ",a:" + a1;
        assertThat(KeyText.of(pair(), new Object[] {a2, moved})).isNotEqualTo(first);
    }

    private static String single(String type, Object value) throws Exception {
        RowSchema schema = RowSchemas.of(
                AvroBytes.parse(
                        "{\"type\":\"record\",\"name\":\"K\",\"fields\":[{\"name\":\"k\",\"type\":" + type + "}]}"),
                List.of("k"));
        return KeyText.of(schema, new Object[] {value});
    }

    private static RowSchema pair() throws Exception {
        return RowSchemas.of(
                AvroBytes.parse("{\"type\":\"record\",\"name\":\"K\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"},"
                        + "{\"name\":\"b\",\"type\":\"string\"}]}"),
                List.of("b", "a"));
    }
}
