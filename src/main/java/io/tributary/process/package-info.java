/**
 * What the job leaves behind in a process that outlives it. A session cluster loads the job's classes anew for each job;
 * they can be unloaded only when nothing that lives as long as the process refers to them.
 */
package io.tributary.process;
