package io.tributary.aws;

/** AWS Glue refused a request, or there were no credentials to send it with. The message says which, and holds no secret. */
public final class GlueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    GlueException(String message, String code, String detail, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.detail = detail;
    }

    /** @return Glue's name of the error, e.g. {@code EntityNotFoundException}; empty where the answer has none */
    public String code() {
        return code;
    }

    /** @return Glue's own words, e.g. which role lacks which permission on what; shortened, may be empty */
    public String detail() {
        return detail;
    }
}
