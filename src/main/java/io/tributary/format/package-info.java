/**
 * From a record's bytes to Avro bytes with their schema: wire formats and schema registries. Begin at
 * {@link io.tributary.format.WireDecoders}. Detection is {@link io.tributary.format.RegistryWireDecoder}, disambiguation
 * {@link io.tributary.format.SchemaChoice}, memory {@link io.tributary.format.SchemaStore}, the registries' interfaces the
 * implementations of {@link io.tributary.format.RegistryClient}.
 */
package io.tributary.format;
