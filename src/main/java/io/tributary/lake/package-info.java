/**
 * The lake: one writer and one coordinator for all tables, over Hudi's write client. The job graph does not depend on the
 * number of tables; tables and columns appear while the job runs.
 *
 * <p>{@code RowRouter -> (shuffle by table and bucket) -> LakeWriter}, and the {@code LakeCoordinator} on the JobManager.
 * Messages are in {@link io.tributary.lake.protocol}, the writer's side in {@link io.tributary.lake.write}, the
 * coordinator's in {@link io.tributary.lake.commit}; {@link io.tributary.lake.lease} keeps a second job out, {@link
 * io.tributary.lake.merge} says which value of a row wins, and {@link io.tributary.lake.schema} which columns a table has.
 *
 * <h2>Protocol</h2>
 *
 * <ol>
 *   <li>The coordinator takes the lake's lease. Until it has it, no writer is taken in, so nothing is written; it changes a
 *       timeline only while it holds the lease, and fails the job when it has lost it.
 *   <li>BOOT: each attempt of a writer brings the pending writes of its state. When all subtasks have booted, the
 *       coordinator finishes those commits: an instant that is still inflight is committed, one that is committed is left
 *       alone, and one that is gone was rolled back by another job, which is fatal, since the source is past its rows.
 *   <li>Rows are kept by table, bucket and key; only the newest complete one of a key and what adds to it.
 *   <li>BEGIN: before a writer writes (at a barrier, or early when its memory is full) it asks for leave, naming the barrier that it
 *       passed last, the tables, and the columns that their rows need. The coordinator opens each table (creates it; rolls
 *       back what a dead attempt left), widens its schema, and gives the instant for rows after that barrier. Rows before
 *       and after a barrier that is undecided (neither committed nor aborted) do not share an instant, and the earlier rows
 *       have the earlier instant, since a file with a later one would hide them: so the request waits until all writers
 *       have passed that barrier. It waits for no commit, and a savepoint, of which Flink sends no completion, holds nothing up.
 *   <li>The writer merges each bucket's rows with its stored file into a new base file, those of several buckets and tables
 *       beside each other. It waits for all of them, also where one fails, and its attempt does not end before they have: a
 *       file that came after the next attempt's rollback would stay. A bucket that is written twice into one
 *       instant has two files; the later holds all rows, Hudi's commit deletes the earlier.
 *   <li>FLUSHED: at the barrier the writer brings what it wrote, and keeps that in its state until a later answer says that
 *       it is committed.
 *   <li>When a checkpoint is complete the coordinator commits what was flushed for it and for those before it, all tables in
 *       parallel, the instants of a table in their order: a later file of a bucket holds the rows of the earlier. Every writer is past
 *       the barrier by then, so nobody writes into these instants any more. Tables without writes cost nothing.
 *   <li>AWAIT_COMMIT: a writer whose input has ended waits for the commit of the last checkpoint, so that a bounded job is not
 *       finished before its lake is.
 * </ol>
 *
 * <p>Any failure of a task resets the coordinator: it forgets tables and writes, answers waiting requests as stale, and
 * waits for BOOT again. Requests of attempts that are not the newest are answered as stale. What was flushed for an aborted
 * checkpoint is committed with the next one.
 *
 * <p>A table that cannot be opened, written or committed is refused: its rows are held by the writers, in memory and in their
 * state, or become dead letters, as the configuration says; its written files stay pending; all is tried again with each
 * checkpoint, and the table opened anew, so that it need not be mended by a restart. The other tables go on. Held rows that
 * fill the writer's memory fail the job, with the table's reason. An instant that was given and not written into is given
 * again.
 */
package io.tributary.lake;
