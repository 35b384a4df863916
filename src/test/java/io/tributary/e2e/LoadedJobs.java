package io.tributary.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many jobs' classes a process of a cluster has loaded: Flink gives each job a class loader of its own. */
final class LoadedJobs {
    private static final Pattern LOADERS =
            Pattern.compile("\\s(\\d+)\\s+\\d+\\s+org\\.apache\\.flink\\.util\\.ChildFirstClassLoader\\s");

    private LoadedJobs() {}

    /** Collects garbage first. */
    static int count(long pid) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException("jcmd says of process " + pid + ": " + histogram);
            }
            Matcher loaders = LOADERS.matcher(histogram);
            return loaders.find() ? Integer.parseInt(loaders.group(1)) : 0;
        } catch (IOException e) {
            throw new IllegalStateException("jcmd cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
