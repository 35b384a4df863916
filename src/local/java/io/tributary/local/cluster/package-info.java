/**
 * A stock Flink cluster for the fat jar: JobManager and TaskManagers as processes of their own on the jars that a Flink
 * distribution has, with child-first class loading, and the two ways to submit a job: the REST API and {@code flink run}.
 */
package io.tributary.local.cluster;
