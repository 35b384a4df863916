/** {@code bin/repair}: moves rescued values into the columns that exist by now. */
package io.tributary.local.repair;
