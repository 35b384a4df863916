/**
 * Figures of sales by group and window that stay right when sales are corrected, deleted, moved, replayed or late.
 *
 * <pre>
 * changes -&gt; RowExtractor           the columns that count, of the aggregate's table          chained to the decoder
 *         -&gt; [LatestRowsFunction]   newest version of each row                                by row, with dimensions only
 *         -&gt; [LookupFunction ...]   values of dimension rows, which come by the same two steps by the dimension's key
 *         -&gt; ContributionFunction   old contribution out, new one in                          by row
 *         -&gt; WindowFunction         sums per window, sent when they changed                   by group
 *         -&gt; HoldingOperator        nothing leaves that no complete checkpoint knows          chained
 * </pre>
 *
 * <p>What is Flink's own: keyed and broadcast state, timers, watermarks with idleness, side outputs, the Kafka sink with
 * its transactions, and the arithmetic of window starts. What is ours is thin functions over pure ones:
 *
 * <ul>
 *   <li>{@link io.tributary.aggregate.WindowFunction} in place of {@code window().allowedLateness().trigger()}: a trigger
 *       does not see the accumulator, so it can neither tell that a window fell to zero and purge it, nor that nothing
 *       changed since the last time, without a second copy of the counts in its own state; and the window operator cannot
 *       tell, after a restart, which windows were already closed, and would begin them again from zero.
 *   <li>{@link io.tributary.aggregate.LookupFunction} in place of a join: an interval join does not replace, and a temporal
 *       join of the table API neither waits for a bounded time nor moves what was already joined.
 *   <li>{@link io.tributary.aggregate.HoldingOperator} before a sink that sends at once: what it sent after the last
 *       checkpoint would be forgotten by a failure.
 *   <li>{@link io.tributary.aggregate.PartitionWatermarks}: the source cannot assign watermarks per partition, because the
 *       bytes are decoded after it.
 *   <li>State is dropped by timers rather than by a state TTL: what a sale contributed must be kept until its windows
 *       close, which is a matter of event time, and TTL knows only processing time.
 * </ul>
 *
 * <p>A change carries its message up to the contributions, since only there it is known whether it is late, and a dead
 * letter holds the message as it came. That costs its bytes on the shuffles (and, with dimensions, in the state of rows
 * that wait); no state that is kept for long holds it.
 */
package io.tributary.aggregate;
