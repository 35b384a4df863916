package io.tributary.lake.lease;

import java.io.IOException;

/** Is told what becomes of a lease, by the thread that keeps it. */
public interface LeaseListener {
    /** The lease is held now; after a loss perhaps again. */
    void taken();

    /** @param why the lease was lost, or is not to be had while another holds it; it is tried for on and on */
    void refused(IOException why);
}
