package io.tributary.process;

import com.amazonaws.event.SDKProgressPublisher;
import com.amazonaws.http.IdleConnectionReaper;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.metrics2.lib.MutableQuantiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What libraries of the job start once per class loader and never end. Their fields are private: each step may fail in
 * another version of the library, which then costs memory and nothing else.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final ClassLoader OWN = Leftovers.class.getClassLoader();
    private static final Queue<Provider> REMOVED = new ConcurrentLinkedQueue<>();

    private Leftovers() {}

    static void end() {
        // Flink takes Hadoop's classes from the cluster where that has them: then they are everybody's.
        if (FileSystem.class.getClassLoader() == OWN) {
            endHadoop();
        }
        if (SDKProgressPublisher.class.getClassLoader() == OWN) {
            attempt("the AWS SDK's thread for idle connections", IdleConnectionReaper::shutdown);
            attempt("the AWS SDK's thread for progress", () -> letIdleThreadsEnd(ProgressThread.executor()));
        }
        attempt("security providers", Leftovers::removeSecurityProviders);
        attempt("management beans", Leftovers::removeManagementBeans);
        attempt("shutdown hooks", Leftovers::removeShutdownHooks);
    }

    /** The login to MSK by IAM registers its provider only once. */
    static void restore() {
        for (Provider provider = REMOVED.poll(); provider != null; provider = REMOVED.poll()) {
            Security.addProvider(provider);
        }
    }

    private static void endHadoop() {
        attempt("Hadoop's file systems", FileSystem::closeAll);
        attempt(
                "Hadoop's statistics thread",
                () -> ((Thread) field(FileSystem.Statistics.class, "STATS_DATA_CLEANER", null)).interrupt());
        attempt(
                "Hadoop's thread for quantiles",
                () -> letIdleThreadsEnd((ThreadPoolExecutor) field(MutableQuantiles.class, "scheduler", null)));
    }

    private static void letIdleThreadsEnd(ThreadPoolExecutor executor) {
        executor.purge();
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    private static void removeSecurityProviders() {
        for (Provider provider : Security.getProviders()) {
            if (provider.getClass().getClassLoader() == OWN) {
                Security.removeProvider(provider.getName());
                REMOVED.add(provider);
            }
        }
    }

    private static void removeManagementBeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            if (server.getClassLoaderFor(name) == OWN) {
                LOG.info("Management bean {} was left behind", name);
                server.unregisterMBean(name);
            }
        }
    }

    /** Hadoop adds one and keeps no reference to it, so it has to be found where the JDK keeps it. */
    private static void removeShutdownHooks() throws ReflectiveOperationException {
        Class<?> registry = Class.forName("java.lang.ApplicationShutdownHooks");
        List<Thread> own = new ArrayList<>();
        synchronized (registry) {
            Map<?, ?> hooks = (Map<?, ?>) field(registry, "hooks", null);
            if (hooks != null) {
                hooks.keySet().stream()
                        .filter(hook -> hook.getClass().getClassLoader() == OWN)
                        .forEach(hook -> own.add((Thread) hook));
            }
        }
        own.forEach(Runtime.getRuntime()::removeShutdownHook);
    }

    /** Flink opens the JDK's packages that are looked into here in its own configuration; Java 11 does anyhow. */
    private static Object field(Class<?> owner, String name, Object of) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    /** Only subclasses see the executor; what they see is a wrapper. */
    private static final class ProgressThread extends SDKProgressPublisher {
        private static ThreadPoolExecutor executor() throws ReflectiveOperationException {
            ExecutorService wrapper = getExecutorService();
            return (ThreadPoolExecutor) field(wrapper.getClass().getSuperclass(), "e", wrapper);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void attempt(String what, Step step) {
        try {
            step.run();
        } catch (Exception | LinkageError e) {
            LOG.warn(
                    "The job is over, but {} cannot be ended: its classes stay loaded in this process. Restart the process"
                            + " before its metaspace is full.",
                    what,
                    e);
        }
    }
}
