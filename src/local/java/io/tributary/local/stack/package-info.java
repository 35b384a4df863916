/**
 * The servers of the local stack: Kafka inside this JVM, the Apicurio registry and an S3 stand-in as child processes.
 * All of them listen on 127.0.0.1 on free ports, keep their files in a directory of their own, and end with this JVM,
 * however it ends.
 */
package io.tributary.local.stack;
