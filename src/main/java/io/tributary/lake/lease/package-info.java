/**
 * The lease that keeps a second job out of a lake. One lake has one writer; files in {@code _lease} below the lake's path say
 * who it is. Nothing is asked of the file system but that a file that has been written is seen by every later listing, and
 * that listings give the files' times by one clock: that of the store. S3 promises the first since 2020; it has no rename
 * that fails where the target exists, and Hadoop 3.3 has no conditional write.
 *
 * <ol>
 *   <li>A lease is a file {@code <epoch>-<owner>.lease}. Its owner writes it again at each heartbeat, a fifth of the lease's
 *       duration.
 *   <li>Who wants the lease lists the directory. A lease that was not written for its duration (its
 *       owner's, which the file says, or the candidate's, if that is longer) has expired, and so has one
 *       whose process is provably gone (same boot of the machine, same process namespace, no such process). To know the
 *       store's time the candidate writes a file of its own, {@code <owner>.waiting}. Clocks of machines are not compared.
 *   <li>If all others have expired, the candidate writes a lease of the next epoch and lists again. If another lease was
 *       written meanwhile, whichever, it takes its own away and begins anew after a random time. Of two candidates the one
 *       that writes later sees the other, and an owner that comes back to life is seen or sees; so no two go on.
 *   <li>An owner that was taken for dead finds its file gone, or one of another beside it: it has lost the lease, and its job
 *       fails.
 *   <li>An owner holds the lease for two thirds of the duration after the beginning of the last heartbeat that met no other
 *       lease. After that its job commits nothing until a heartbeat gets through. So it stops well before others may
 *       take over, without being told.
 *   <li>A job that ends takes its file away.
 * </ol>
 *
 * <p>What remains: Hudi's commit is itself a file that S3 cannot be told to refuse. A commit that begins while the lease
 * is held, and is still under way a third of the duration later while no heartbeat gets through, can meet the next owner's
 * work.
 */
package io.tributary.lake.lease;
