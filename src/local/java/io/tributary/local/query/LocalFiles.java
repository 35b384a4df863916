package io.tributary.local.query;

import io.tributary.local.cli.CommandException;
import io.tributary.local.stack.WorkDirectory;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Makes a lake's files readable as local files: those of other file systems are copied for the time of a query. */
final class LocalFiles implements AutoCloseable {
    private final Configuration hadoop;
    private WorkDirectory copies;
    private int tables;

    LocalFiles(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /** @return local paths of the files, in their order */
    List<String> localPaths(List<String> files) {
        int table = tables++;
        return IntStream.range(0, files.size())
                .mapToObj(number -> localPath(files.get(number), table + "-" + number))
                .toList();
    }

    @Override
    public void close() {
        if (copies != null) {
            copies.close();
        }
    }

    private String localPath(String file, String copyName) {
        Path source = new Path(file);
        String scheme = source.toUri().getScheme();
        if (scheme == null || scheme.equals("file")) {
            return source.toUri().getPath();
        }
        if (copies == null) {
            copies = WorkDirectory.create("query");
        }
        java.nio.file.Path copy = copies.path().resolve(copyName + ".parquet");
        try {
            FileSystem files = source.getFileSystem(hadoop);
            files.copyToLocalFile(false, source, new Path(copy.toUri()), true);
            return copy.toString();
        } catch (IOException e) {
            throw new CommandException("Cannot fetch " + file + ": " + e.getMessage(), e);
        }
    }
}
