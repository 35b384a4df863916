/** {@code bin/replay}: a recording through Kafka, registry and job into the lake, with a balance of every message. */
package io.tributary.local.replay;
