/**
 * The sample's databases (TICKIT: ticket sales) as real servers with Debezium behind them: generated rows, changes as an
 * application makes them, and the comparison of a lake with what the databases hold.
 */
package io.tributary.local.databases;
