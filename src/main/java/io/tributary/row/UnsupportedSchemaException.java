package io.tributary.row;

/** A schema that rows of a table cannot have, or that has no lake type. The message names the field. */
public final class UnsupportedSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnsupportedSchemaException(String message) {
        super(message);
    }
}
