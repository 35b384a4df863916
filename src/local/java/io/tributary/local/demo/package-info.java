/** {@code bin/demo}: the recorded topics and then live changes through the job, with progress and the latest figures. */
package io.tributary.local.demo;
