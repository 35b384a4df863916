/** {@code bin/rebucket}: another number of buckets for a table. */
package io.tributary.local.rebucket;
