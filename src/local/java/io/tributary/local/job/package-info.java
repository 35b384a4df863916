/** The job inside this JVM: a MiniCluster, and its metrics, which outlive it. */
package io.tributary.local.job;
