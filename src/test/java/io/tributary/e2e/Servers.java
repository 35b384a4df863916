package io.tributary.e2e;

import io.tributary.local.job.JobSettings;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.local.stack.LocalS3;
import java.util.Collection;

/**
 * The servers of these tests, kept from one test to the next, over classes too, and ended with the JVM. A registry holds
 * one recording's schemas, since the recordings' ids overlap; a broker holds one recording's topics.
 */
final class Servers {
    private static Recording held;
    private static LocalRegistry registry;
    private static LocalKafka loaded;
    private static LocalS3 s3;

    private Servers() {}

    /** @return a registry with the recording's schemas */
    static synchronized LocalRegistry registry(Recording recording) {
        hold(recording);
        if (registry == null) {
            registry = LocalRegistry.started();
            registry.importExport(recording.registryExport());
        }
        return registry;
    }

    /** @return a broker that holds the whole recording; nothing must be added to it */
    static synchronized LocalKafka loaded(Recording recording) {
        hold(recording);
        if (loaded == null) {
            loaded = LocalKafka.started();
            new RecordingLoader(recording, loaded).loadAll();
        }
        return loaded;
    }

    static synchronized LocalS3 s3() {
        if (s3 == null) {
            s3 = LocalS3.started();
        }
        return s3;
    }

    private static void hold(Recording recording) {
        if (held == null || !held.name().equals(recording.name())) {
            held = recording;
            if (registry != null) {
                registry.close();
                registry = null;
            }
            if (loaded != null) {
                loaded.close();
                loaded = null;
            }
        }
    }

    /** @return the job's settings for the recording's topics on that broker, read once from the beginning to the end */
    static JobSettings bounded(LocalKafka kafka, Recording recording, Collection<String> topics, Lake lake) {
        return JobSettings.of(kafka, registry(recording), topics, lake.path()).set("Source.bounded", "true");
    }
}
