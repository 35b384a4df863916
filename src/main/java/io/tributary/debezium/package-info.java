/**
 * From messages to changes of rows. {@link io.tributary.debezium.EventReader} decides what a message is by a ladder, walks
 * over its value once by the plan of its schema (an envelope or a flattened row), and leaves the row's bytes where they
 * are. {@link io.tributary.debezium.DecodeFunction} is the operator around it; nothing else here knows Flink but
 * serializers and counters.
 *
 * <p>The order of events is one text, see the class SourcePosition; the key is one text too, see the class KeyText.
 */
package io.tributary.debezium;
