package io.tributary.lake.lease;

import java.io.IOException;
import java.util.List;

/** Where the lease's files are. What has been written or deleted is seen by every listing that begins afterwards. */
interface LeaseStore {
    /** @return the files; none where the directory does not exist */
    List<LeaseFile> list() throws IOException;

    /** Writes a file, new or again; its time becomes the store's present time. */
    void write(String name, byte[] content) throws IOException;

    /** @return null where there is no such file */
    byte[] read(String name) throws IOException;

    /** Does nothing where there is no such file. */
    void delete(String name) throws IOException;

    /** Takes the directory away if nothing is in it. */
    void deleteIfEmpty() throws IOException;

    /** @return the directory, for people */
    @Override
    String toString();
}
