/** Recorded Debezium topics: reading them, and producing them into Kafka as they were. */
package io.tributary.local.recording;
