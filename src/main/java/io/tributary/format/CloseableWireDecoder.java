package io.tributary.format;

/**
 * A decoder with connections and caches, that one subtask owns. For one thread; {@link #close()} may come from another and
 * ends a wait for the registry.
 */
public interface CloseableWireDecoder extends WireDecoder, AutoCloseable {
    /** @return questions to the registry so far, those aside that caches answered; any thread may ask */
    default long registryCalls() {
        return 0;
    }

    @Override
    void close();
}
