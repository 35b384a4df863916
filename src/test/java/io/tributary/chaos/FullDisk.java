package io.tributary.chaos;

import java.io.IOException;
import java.net.URI;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The local file system under the scheme {@value #SCHEME}, whose disk can be full for a while. */
public final class FullDisk extends LocalFileSystem {
    static final String SCHEME = "fulldisk";

    private static volatile boolean full;
    private static volatile int refused;

    static void setFull(boolean now) {
        full = now;
    }

    /** @return how many files could not be made so far */
    static int refused() {
        return refused;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public FSDataOutputStream create(Path file, FileSystem.WriteMode mode) throws IOException {
        if (full) {
            refused++;
            throw new IOException("No space left on device");
        }
        return super.create(file, mode);
    }

    /** Found by Flink by way of {@code META-INF/services}. */
    public static final class Factory implements FileSystemFactory {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileSystem create(URI uri) {
            return new FullDisk();
        }
    }
}
