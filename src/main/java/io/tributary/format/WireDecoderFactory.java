package io.tributary.format;

import java.io.Serializable;

/** Travels with an operator to its task and makes the task's decoder there. */
@FunctionalInterface
public interface WireDecoderFactory extends Serializable {
    /** @return a decoder for one thread, to be closed by the caller; makes no request yet */
    CloseableWireDecoder open();
}
