/**
 * The checks before anything is read: what the job needs of the systems around it, asked of them once, with one line per
 * finding and what to do about it. Nothing here changes what the job does, and nothing but probe objects, which are
 * deleted again, is written.
 */
package io.tributary.preflight;
