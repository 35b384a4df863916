/** Requests over HTTP that are bounded in time and size, and repeated where that may help: registries and catalogues use it. */
package io.tributary.http;
