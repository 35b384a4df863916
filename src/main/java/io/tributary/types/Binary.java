package io.tributary.types;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Null-safe byte arrays and texts on Flink's data views; texts may exceed the 64 KB of {@code writeUTF}. */
public final class Binary {
    private Binary() {}

    public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            writeBytes(bytes, 0, bytes.length, out);
        }
    }

    public static void writeBytes(byte[] bytes, int offset, int length, DataOutputView out) throws IOException {
        out.writeInt(length);
        out.write(bytes, offset, length);
    }

    /** @return the bytes, or null where null was written */
    public static byte[] readBytes(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    public static void writeText(String text, DataOutputView out) throws IOException {
        writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    /** @return the text, or null where null was written */
    public static String readText(DataInputView in) throws IOException {
        byte[] bytes = readBytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
