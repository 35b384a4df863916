/**
 * Random database histories against the whole job, with faults.
 *
 * <p>{@link io.tributary.chaos.HistoryGenerator} makes a history from a seed: a {@link io.tributary.chaos.ModelDatabase} runs
 * statements, and what a connector reads of its log becomes Debezium's messages ({@link
 * io.tributary.chaos.EventEncoder}, {@link io.tributary.chaos.WireFormat}); the rows that the model holds in the end are
 * the truth, without a line of the product's code. {@link io.tributary.chaos.FaultPlan} draws the faults. {@link
 * io.tributary.chaos.ChaosRun} sends the messages to a job, injects the faults, lets the job catch up, and compares lake,
 * figures and counts with the truth.
 *
 * <p>{@code HistoryFoldTest} reads and orders the same histories without a cluster, thousands of them in a minute: a
 * mistake in the order of events shows there first.
 */
package io.tributary.chaos;
