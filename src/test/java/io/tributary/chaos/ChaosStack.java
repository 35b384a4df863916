package io.tributary.chaos;

import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.local.stack.LocalS3;

/** The servers that all histories share; each history has topics, subjects and a directory of its own. */
final class ChaosStack implements AutoCloseable {
    /** Another one for each server: Hadoop keeps the file system of a bucket, with the server's address. */
    private final String bucket = "chaos-" + Long.toString(System.nanoTime(), 36);

    private final LocalKafka kafka = LocalKafka.started();
    private final LocalRegistry registry = LocalRegistry.started();
    private final FaultyProxy registryProxy = new FaultyProxy(registry.url());
    private final SchemaRegistrar registrar = new SchemaRegistrar(registry);
    private LocalS3 s3;
    private FaultyProxy s3Proxy;

    LocalKafka kafka() {
        return kafka;
    }

    SchemaRegistrar registrar() {
        return registrar;
    }

    FaultyProxy registryProxy() {
        return registryProxy;
    }

    LocalS3 s3() {
        if (s3 == null) {
            s3 = LocalS3.started();
            s3.createBucket(bucket);
        }
        return s3;
    }

    String bucket() {
        return bucket;
    }

    FaultyProxy s3Proxy() {
        if (s3Proxy == null) {
            s3Proxy = new FaultyProxy(s3().endpoint());
        }
        return s3Proxy;
    }

    @Override
    public void close() {
        if (s3 != null) {
            s3Proxy().close();
            s3.close();
        }
        registryProxy.close();
        registry.close();
        kafka.close();
    }
}
