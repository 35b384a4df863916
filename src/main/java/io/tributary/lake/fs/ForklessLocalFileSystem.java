package io.tributary.lake.fs;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local files for Hadoop without its native library: Hadoop's own class starts a {@code chmod} for each file that it makes
 * and an {@code ls} for each that it lists, which costs more than the writing. Permissions are the process's own, and
 * there are no checksum files. It has to be a {@link LocalFileSystem}: S3A casts the local file system that it buffers
 * its uploads in.
 */
public class ForklessLocalFileSystem extends LocalFileSystem {
    public ForklessLocalFileSystem() {
        super(new Forkless());
        setWriteChecksum(false);
    }

    /** Without the wrapper around the stream, which promises reads into byte buffers that fail. */
    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return getRaw().open(path, bufferSize);
    }

    private static final class Forkless extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission permission) {
            // the process's umask decides
        }

        @Override
        public FileStatus getFileStatus(Path path) throws IOException {
            return plain(super.getFileStatus(path));
        }

        @Override
        public FileStatus[] listStatus(Path path) throws IOException {
            FileStatus[] found = super.listStatus(path);
            for (int i = 0; i < found.length; i++) {
                found[i] = plain(found[i]);
            }
            return found;
        }

        private static FileStatus plain(FileStatus status) {
            return new FileStatus(
                    status.getLen(),
                    status.isDirectory(),
                    status.getReplication(),
                    status.getBlockSize(),
                    status.getModificationTime(),
                    status.getPath());
        }
    }
}
