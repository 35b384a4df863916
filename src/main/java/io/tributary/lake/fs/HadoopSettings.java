package io.tributary.lake.fs;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Hadoop's configuration of the lake: defaults that suit it, then the {@code hadoop.*} options. One shared instance a
 * process and setting, since each one costs a megabyte and the parsing of Hadoop's defaults.
 */
public final class HadoopSettings implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Map<Map<String, String>, Configuration> SHARED = new ConcurrentHashMap<>();

    private final TreeMap<String, String> options;

    /** @param options without the {@code hadoop.} prefix */
    public HadoopSettings(Map<String, String> options) {
        this.options = new TreeMap<>(options);
    }

    /** @return the shared configuration, which must not be changed */
    public Configuration configuration() {
        return SHARED.computeIfAbsent(options, HadoopSettings::create);
    }

    private static Configuration create(Map<String, String> options) {
        Configuration configuration = new Configuration();
        configuration.setClassLoader(HadoopSettings.class.getClassLoader());
        configuration.set("fs.file.impl", ForklessLocalFileSystem.class.getName());
        configuration.set("fs.s3a.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        // Else each new file asks S3 to delete the markers of all directories above it.
        configuration.set("fs.s3a.directory.marker.retention", "keep");
        // Each writer subtask writes several files at the same time; Hadoop 3.4's own number of connections.
        configuration.setInt("fs.s3a.connection.maximum", 500);
        configuration.setInt("fs.s3a.threads.max", 96);
        // Three-level lists: the older layout cannot hold null elements.
        configuration.setBoolean("parquet.avro.write-old-list-structure", false);
        configuration.setBoolean("parquet.avro.add-list-element-records", false);
        configuration.setBoolean("parquet.strict.typing", false);
        options.forEach(configuration::set);
        return configuration;
    }
}
