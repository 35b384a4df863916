package io.tributary.lake.fs;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Makes empty files, whose names say everything. */
public final class EmptyFiles {
    private EmptyFiles() {}

    /**
     * Makes the file, whether it is there or not: with one request to S3, which S3A else asks first what is there
     * (https://hadoop.apache.org/docs/r3.3.6/hadoop-aws/tools/hadoop-aws/performance.html, fs.s3a.create.performance).
     */
    public static void create(FileSystem fs, Path path) throws IOException {
        FSDataOutputStreamBuilder<?, ?> file = fs.createFile(path);
        file.overwrite(true);
        file.recursive();
        file.opt("fs.s3a.create.performance", true);
        file.build().close();
    }
}
