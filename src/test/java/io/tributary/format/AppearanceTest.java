package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppearanceTest {
    @ParameterizedTest
    @CsvSource({
        "'', an empty value",
        "1f8b0800, gzip",
        "28b52ffd00, zstd",
        "4f626a0104, an Avro container file",
        "c301aabbccdd, Avro single-object encoding",
        "aced0005, a serialized Java object",
        "50415231, a Parquet file",
        "fffe7b00, UTF-16 text",
        "7b0022006100, UTF-16 text",
        "08960110, binary data of an unknown kind",
        "089601120568656c6c6f, perhaps Protobuf",
        "0001, a truncated record: `00` without a whole schema id",
        "000000000000, `00` without a schema id that a registry could have given",
        "0305aabb, a Glue record with an unknown compression byte or cut short",
        "ff01, binary data of an unknown kind"
    })
    void namesWhatBytesLookLike(String hex, String expected) {
        assertThat(Appearance.guess(HexFormat.of().parseHex(hex))).isEqualTo(expected);
    }

    @Test
    void takesATextCutInsideACharacterForText() {
        byte[] text = ("x" + "ä".repeat(400)).getBytes(StandardCharsets.UTF_8);
        assertThat(Appearance.guess(text)).isEqualTo("plain text");
    }

    @Test
    void showsTheFirstBytesOnly() {
        assertThat(Appearance.hex(new byte[100])).isEqualTo("100 bytes, first" + " 00".repeat(16));
        assertThat(Appearance.hex(new byte[] {-1})).isEqualTo("1 byte, first ff");
        assertThat(Appearance.hex(new byte[0])).isEqualTo("0 bytes");
    }
}
