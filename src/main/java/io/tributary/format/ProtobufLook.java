package io.tributary.format;

/** Whether bytes can be read as one Protobuf message to their end (encoding: protobuf.dev/programming-guides/encoding). */
final class ProtobufLook {
    private static final int MAX_FIELD = 10_000;

    private final byte[] bytes;
    private int position;

    private ProtobufLook(byte[] bytes) {
        this.bytes = bytes;
    }

    static boolean fits(byte[] bytes) {
        ProtobufLook look = new ProtobufLook(bytes);
        while (look.position < bytes.length) {
            if (!look.field()) {
                return false;
            }
        }
        return bytes.length > 1;
    }

    private boolean field() {
        long tag = varint();
        long number = tag >>> 3;
        if (tag < 0 || number == 0 || number > MAX_FIELD) {
            return false;
        }
        switch ((int) (tag & 7)) {
            case 0:
                return position < bytes.length && (varint() != -1 || bytes[position - 1] >= 0);
            case 1:
                return skip(8);
            case 2:
                return skip(varint());
            case 5:
                return skip(4);
            default:
                return false;
        }
    }

    private boolean skip(long length) {
        if (length < 0 || length > bytes.length - position) {
            return false;
        }
        position += (int) length;
        return true;
    }

    /** @return the number; -1 where it does not end, which a length or a tag never is */
    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= bytes.length) {
                return -1;
            }
            byte b = bytes[position++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        return -1;
    }
}
