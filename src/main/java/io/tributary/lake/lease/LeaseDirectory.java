package io.tributary.lake.lease;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The lease's files in a directory of the lake's own file system. */
final class LeaseDirectory implements LeaseStore {
    static final String NAME = "_lease";

    private final Path directory;
    private final Configuration hadoop;

    LeaseDirectory(String lake, Configuration hadoop) {
        this.directory = new Path(lake, NAME);
        this.hadoop = hadoop;
    }

    private FileSystem files() throws IOException {
        return directory.getFileSystem(hadoop);
    }

    @Override
    public List<LeaseFile> list() throws IOException {
        List<LeaseFile> found = new ArrayList<>();
        try {
            for (FileStatus status : files().listStatus(directory)) {
                LeaseFile file = LeaseFile.of(status.getPath().getName(), status.getModificationTime());
                if (file != null) {
                    found.add(file);
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return found;
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        try (FSDataOutputStream out = files().create(new Path(directory, name), true)) {
            out.write(content);
        }
    }

    @Override
    public byte[] read(String name) throws IOException {
        try (FSDataInputStream in = files().open(new Path(directory, name))) {
            return in.readAllBytes();
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    @Override
    public void delete(String name) throws IOException {
        files().delete(new Path(directory, name), false);
    }

    @Override
    public void deleteIfEmpty() throws IOException {
        try {
            if (files().listStatus(directory).length == 0) {
                files().delete(directory, false);
            }
        } catch (FileNotFoundException e) {
            return; // gone already
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
