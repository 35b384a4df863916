package io.tributary.preflight;

import java.util.List;

/** One of the checks. It runs in a thread of its own, beside the others, and may be interrupted. */
interface Check {
    /** @return what is looked at, one word */
    String subject();

    /**
     * @return what was found; empty where there is nothing to look at
     * @throws Exception where the question could not be asked; its message tells why
     */
    List<Finding> run() throws Exception;
}
