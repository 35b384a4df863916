package io.tributary.debezium;

import io.tributary.row.AvroInput;
import io.tributary.row.MalformedRowException;
import java.util.Arrays;

/** Reads a text that is nearly always the one before (a server's name, an operation): then nothing is allocated. */
final class RepeatedText {
    private byte[] bytes = new byte[0];
    private String text = "";

    String read(AvroInput in) throws MalformedRowException {
        int start = in.position();
        int length = in.readLength();
        if (length == bytes.length && in.matches(bytes)) {
            in.skip(length);
            return text;
        }
        byte[] found = Arrays.copyOfRange(in.buffer(), in.position(), in.position() + length);
        in.seek(start);
        text = in.readString();
        bytes = found;
        return text;
    }
}
