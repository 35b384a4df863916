package io.tributary.local.bench;

import io.tributary.lake.fs.ForklessLocalFileSystem;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files that are as far away as those of an object store: each call takes so many milliseconds more as the system
 * property {@value #DELAY} says. A file that is made takes them twice, when it is made and when it is closed, as S3A asks
 * before it puts; reading on in an open file takes nothing.
 */
public final class DistantFileSystem extends ForklessLocalFileSystem {
    static final String DELAY = "tributary.bench.file.delay";

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(Long.getLong(DELAY, 0));

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        pause();
        return super.open(path, bufferSize);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        pause();
        return put(super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    /** The other way to make a file, past the checksums. */
    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        pause();
        return put(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
    }

    private static FSDataOutputStream put(OutputStream local) throws IOException {
        return new FSDataOutputStream(new DelayedClose(local), null);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        pause();
        return super.getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        pause();
        return super.listStatus(path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        pause();
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        pause();
        return super.delete(path, recursive);
    }

    private static void pause() {
        long end = System.nanoTime() + NANOS;
        for (long left = NANOS; left > 0 && !Thread.currentThread().isInterrupted(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static final class DelayedClose extends FilterOutputStream {
        private boolean closed;

        private DelayedClose(OutputStream local) {
            super(local);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                pause();
                super.close();
            }
        }
    }
}
