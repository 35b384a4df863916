package io.tributary.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What bytes of no known wire format look like, for people: a guess, and the first bytes in hex. */
final class Appearance {
    /** How many bytes may be shown. */
    static final int SHOWN = 16;

    private static final int LOOKED_AT = 512;

    private Appearance() {}

    /** @return e.g. {@code 123 bytes, first 7b 22 61} */
    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder().append(bytes.length).append(bytes.length == 1 ? " byte" : " bytes");
        for (int i = 0; i < Math.min(SHOWN, bytes.length); i++) {
            text.append(i == 0 ? ", first " : " ")
                    .append(Character.forDigit((bytes[i] >> 4) & 0xf, 16))
                    .append(Character.forDigit(bytes[i] & 0xf, 16));
        }
        return text.toString();
    }

    /** @return a noun phrase, e.g. {@code JSON text} */
    static String guess(byte[] bytes) {
        if (bytes.length == 0) {
            return "an empty value";
        }
        String magic = magic(bytes);
        if (magic != null) {
            return magic;
        }
        byte[] head = Arrays.copyOf(bytes, Math.min(LOOKED_AT, bytes.length));
        if (isUtf16(bytes)) {
            return "UTF-16 text";
        }
        if (isText(head, head.length < bytes.length)) {
            return textGuess(head);
        }
        if (head[0] == 0) {
            return head.length < 5
                    ? "a truncated record: `00` without a whole schema id"
                    : "`00` without a schema id that a registry could have given";
        }
        return ProtobufLook.fits(bytes) ? "perhaps Protobuf" : "binary data of an unknown kind";
    }

    private static String magic(byte[] bytes) {
        if (starts(bytes, 0x1f, 0x8b)) {
            return "gzip";
        } else if (starts(bytes, 0x28, 0xb5, 0x2f, 0xfd)) {
            return "zstd";
        } else if (starts(bytes, 'O', 'b', 'j', 1)) {
            return "an Avro container file";
        } else if (starts(bytes, 0xc3, 0x01)) {
            return "Avro single-object encoding";
        } else if (starts(bytes, 0xac, 0xed)) {
            return "a serialized Java object";
        } else if (starts(bytes, 'P', 'A', 'R', '1')) {
            return "a Parquet file";
        } else if (starts(bytes, 0xfe, 0xff) || starts(bytes, 0xff, 0xfe)) {
            return "UTF-16 text";
        } else if (bytes[0] == 3) {
            return "a Glue record with an unknown compression byte or cut short";
        }
        return null;
    }

    private static boolean starts(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static String textGuess(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8).strip();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1).strip();
        }
        if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
            return "JSON text";
        }
        return text.startsWith("<") ? "XML text" : "plain text";
    }

    /** @return whether every other byte is zero and the rest are printable, nearly */
    static boolean isUtf16(byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, Math.min(LOOKED_AT, bytes.length));
        if (head.length < 4) {
            return false;
        }
        int[] zeros = new int[2];
        int[] printable = new int[2];
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                zeros[i & 1]++;
            } else if (head[i] >= ' ' && head[i] < 0x7f || head[i] == '\n' || head[i] == '\r' || head[i] == '\t') {
                printable[i & 1]++;
            }
        }
        int half = head.length / 2;
        return zeros[0] >= half * 0.8 && printable[1] >= half * 0.8
                || zeros[1] >= half * 0.8 && printable[0] >= half * 0.8;
    }

    private static boolean isText(byte[] head, boolean cut) {
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        int end = head.length;
        while (cut && end > 0 && head.length - end < 3 && head[end - 1] < 0) {
            end--;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head, 0, end));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
