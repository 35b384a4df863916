/** Calls of AWS services over their documented protocols, signed; the schema registry and the catalogue use them. */
package io.tributary.aws;
