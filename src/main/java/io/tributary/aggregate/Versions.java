package io.tributary.aggregate;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;

/** The version byte at the start of everything that may be in a savepoint. */
final class Versions {
    private Versions() {}

    /** @throws IOException where the state was written by a version that is not known here */
    static void expect(int known, DataInputView in, Class<?> type) throws IOException {
        upTo(known, in, type);
    }

    /**
     * @param newest all versions from 1 to this one can be read
     * @return the version
     * @throws IOException where the state was written by a version that is not known here
     */
    static int upTo(int newest, DataInputView in, Class<?> type) throws IOException {
        int version = in.readByte();
        if (version < 1 || version > newest) {
            throw new IOException("state of " + type.getSimpleName() + " has version " + version + ", known is "
                    + newest + ": it was written by a newer Tributary; restore it with that one");
        }
        return version;
    }
}
