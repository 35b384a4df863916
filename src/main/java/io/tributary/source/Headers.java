package io.tributary.source;

import io.tributary.types.Binary;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The headers of a message in their order; a name may occur more than once, a value may be null. Immutable. */
public final class Headers {
    public static final Headers NONE = new Headers(new String[0], new byte[0][]);

    private final String[] names;
    private final byte[][] values;

    /** The arrays must not be changed afterwards and have equal length. */
    public Headers(String[] names, byte[][] values) {
        if (names.length != values.length) {
            throw new IllegalArgumentException(names.length + " header names but " + values.length + " values");
        }
        this.names = names;
        this.values = values;
    }

    public int size() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    /** @return the value, which may be null */
    public byte[] value(int index) {
        return values[index];
    }

    /** @return the value of the last header of that name, as Kafka's {@code lastHeader}; null where there is none */
    public byte[] last(String name) {
        for (int i = names.length - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(names.length);
        for (int i = 0; i < names.length; i++) {
            Binary.writeText(names[i], out);
            Binary.writeBytes(values[i], out);
        }
    }

    static Headers read(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return NONE;
        }
        String[] names = new String[size];
        byte[][] values = new byte[size][];
        for (int i = 0; i < size; i++) {
            names[i] = Binary.readText(in);
            values[i] = Binary.readBytes(in);
        }
        return new Headers(names, values);
    }
}
