package io.tributary.local.stack;

/** Takes shutdown hooks back, also while the JVM is already going down. */
final class ShutdownHooks {
    private ShutdownHooks() {}

    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // the hook runs by itself
        }
    }
}
