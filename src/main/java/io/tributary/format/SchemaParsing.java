package io.tributary.format;

import java.util.List;
import org.apache.avro.Schema;

/**
 * From a registered text to an Avro schema. Names and defaults are taken as they are: what a registry has accepted, and
 * values were written with, must stay readable.
 */
final class SchemaParsing {
    private static final int SHOWN = 200;

    private SchemaParsing() {}

    /**
     * @param references texts that define names the text uses, in an order in which each can be parsed
     * @throws UnparsableException where it is no Avro schema
     */
    static Schema parse(String text, List<String> references) throws UnparsableException {
        try {
            Schema.Parser parser = new Schema.Parser().setValidate(false).setValidateDefaults(false);
            references.forEach(parser::parse);
            return parser.parse(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnparsableException(firstLine(e));
        }
    }

    private static String firstLine(Throwable error) {
        String message = String.valueOf(error.getMessage()).split("\\R", 2)[0];
        return message.length() > SHOWN ? message.substring(0, SHOWN) + "..." : message;
    }

    /** The text is no Avro schema; the message says why in one line. */
    static final class UnparsableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnparsableException(String message) {
            super(message);
        }
    }
}
