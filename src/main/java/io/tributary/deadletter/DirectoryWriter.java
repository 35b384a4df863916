package io.tributary.deadletter;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes {@code <directory>/<yyyy-MM-dd>/dead-letters-<subtask>-<attempt>-<number>.jsonl}; the day is the one of writing,
 * UTC. While a file is open its name starts with a dot: a reader that leaves such names out sees whole files only.
 */
final class DirectoryWriter implements SinkWriter<DeadLetter> {
    private final Path directory;
    private final Map<String, String> hadoopSettings;
    private final String namePrefix;

    private FileSystem fileSystem;
    private int files;
    private Path open;
    private OutputStream out;

    DirectoryWriter(String directory, Map<String, String> hadoopSettings, int subtask) {
        this.directory = new Path(directory.replaceFirst("^s3n?://", "s3a://"));
        this.hadoopSettings = hadoopSettings;
        this.namePrefix = "dead-letters-" + subtask + "-" + UUID.randomUUID() + "-";
    }

    @Override
    public void write(DeadLetter letter, Context context) throws IOException {
        if (out == null) {
            open();
        }
        out.write(DeadLetterLine.write(letter));
        out.write('\n');
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        if (out == null) {
            return;
        }
        OutputStream closing = out;
        out = null;
        closing.close();
        Path complete = new Path(open.getParent(), open.getName().substring(1));
        if (!fileSystem.rename(open, complete)) {
            throw new IOException("The dead letters in " + open + " cannot be renamed to " + complete.getName()
                    + "; does the job may create and delete files there?");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (out != null) {
                out.close();
            }
        } finally {
            if (fileSystem != null) {
                fileSystem.close();
            }
        }
    }

    private void open() throws IOException {
        if (fileSystem == null) {
            fileSystem = connect();
        }
        Path day = new Path(directory, LocalDate.now(ZoneOffset.UTC).toString());
        open = new Path(day, "." + namePrefix + files++ + ".jsonl");
        try {
            fileSystem.mkdirs(day);
            out = fileSystem.create(open, false);
        } catch (IOException e) {
            throw new IOException(
                    "Dead letters cannot be written to " + open + "; look at DeadLetter.path and the job's permissions",
                    e);
        }
    }

    /** An instance of its own: Hadoop's cache goes by address only, and would hand out one with other settings. */
    private FileSystem connect() throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.setClassLoader(DirectoryWriter.class.getClassLoader());
        hadoopSettings.forEach(hadoop::set);
        URI address = directory.toUri().getScheme() == null ? URI.create("file:///") : directory.toUri();
        FileSystem connected = FileSystem.newInstance(address, hadoop);
        connected.setWriteChecksum(false);
        return connected;
    }
}
