/**
 * The servers of the local stack: Kafka inside this JVM; as child processes the Apicurio registry, an S3 stand-in,
 * PostgreSQL, MariaDB, and Kafka Connect with Debezium. All of them listen on 127.0.0.1 on free ports, keep their files in a directory of their own, and end with this JVM,
 * however it ends.
 */
package io.tributary.local.stack;
