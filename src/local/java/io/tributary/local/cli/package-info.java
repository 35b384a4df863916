/** What the commands under {@code bin/} share: arguments, exit codes. */
package io.tributary.local.cli;
