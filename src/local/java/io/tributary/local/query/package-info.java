/**
 * Reads the lake: Hudi's own timeline and file system view say which files make up a table at an instant, DuckDB reads
 * them. Commands and tests use the same class, {@link io.tributary.local.query.LakeQuery}.
 */
package io.tributary.local.query;
