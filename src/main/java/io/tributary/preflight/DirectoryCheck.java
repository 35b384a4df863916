package io.tributary.preflight;

import io.tributary.config.DeadLetterOptions;
import io.tributary.config.LakeOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetterSinks;
import io.tributary.lake.fs.HadoopSettings;
import io.tributary.lake.fs.LakePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whether a directory can be used: a probe object is written, listed, renamed, read and deleted. */
final class DirectoryCheck implements Check {
    private static final String PROBES = "_preflight";

    private final String subject;
    private final String key;
    private final String path;
    private final TributaryConfig config;

    /** @param key of the configuration that names the directory */
    DirectoryCheck(String subject, String key, String path, TributaryConfig config) {
        this.subject = subject;
        this.key = key;
        this.path = path;
        this.config = config;
    }

    static String lake(TributaryConfig config) {
        return LakePath.normalize(config.group(LakeOptions.GROUP).get(LakeOptions.PATH));
    }

    /** @return the directory of dead letters, where it is one and not simply below the lake */
    static Optional<String> deadLetters(TributaryConfig config) {
        boolean own =
                config.group(DeadLetterOptions.GROUP).get(DeadLetterOptions.TYPE) == DeadLetterOptions.Type.DIRECTORY
                        && config.group(DeadLetterOptions.GROUP).contains(DeadLetterOptions.PATH);
        return own ? Optional.of(LakePath.normalize(DeadLetterSinks.directory(config))) : Optional.empty();
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public List<Finding> run() {
        String doing = "reached";
        try {
            HadoopSettings settings = new HadoopSettings(
                    TributaryConfig.passedThrough(config.group(LakeOptions.GROUP), LakeOptions.HADOOP_PREFIX));
            Path directory = new Path(path, PROBES);
            FileSystem files = directory.getFileSystem(settings.configuration());
            byte[] content = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
            Path written = new Path(directory, new String(content, StandardCharsets.UTF_8));
            Path renamed = written.suffix(".renamed");
            try {
                doing = "written";
                try (FSDataOutputStream out = files.create(written, false)) {
                    out.write(content);
                }
                doing = "listed";
                require(files.listStatus(directory).length > 0, "the probe that was written is not listed");
                doing = "renamed";
                require(files.rename(written, renamed), "the rename was refused");
                doing = "read";
                try (FSDataInputStream in = files.open(renamed)) {
                    require(in.readAllBytes().length == content.length, "what is read is not what was written");
                }
                doing = "deleted";
                require(files.delete(renamed, false), "the delete was refused");
            } finally {
                clear(files, written, renamed, directory);
            }
            return List.of(Finding.pass(subject, path + " can be written, listed, renamed, read and deleted"));
        } catch (IOException | RuntimeException e) {
            return List.of(Finding.fail(
                    subject,
                    path + " cannot be " + doing + " (" + Causes.text(e) + ")",
                    "check " + key + ", the job's credentials and permissions (S3: GetObject, PutObject, DeleteObject,"
                            + " AbortMultipartUpload, ListBucket), and Lake.hadoop.* for endpoint and region"));
        }
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }

    private static void clear(FileSystem files, Path written, Path renamed, Path directory) {
        try {
            files.delete(written, false);
            files.delete(renamed, false);
            if (files.exists(directory) && files.listStatus(directory).length == 0) {
                files.delete(directory, false);
            }
        } catch (IOException e) {
            // the finding says already what does not work
        }
    }
}
