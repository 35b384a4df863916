/**
 * {@code bin/bench}: one load, and two jobs that write it into a lake, each in a process of its own: this project's, and a
 * plain Flink SQL statement set over the same topics and the same Hudi bundle.
 */
package io.tributary.local.bench;
