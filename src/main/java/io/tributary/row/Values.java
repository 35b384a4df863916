package io.tributary.row;

import java.util.Objects;

/** Column values that are no value of the column's type: what {@link RowReader} puts in their place. */
public final class Values {
    /**
     * The event does not carry the column's value: an unchanged TOASTed column of PostgreSQL
     * ({@code __debezium_unavailable_value}).
     */
    public static final Object UNAVAILABLE = new Object() {
        @Override
        public String toString() {
            return "<unavailable>";
        }
    };

    private Values() {}

    /** A value that the column's type cannot hold exactly; kept as text so that nothing is lost. */
    public static final class Rescued {
        private final String text;

        public Rescued(String text) {
            this.text = Objects.requireNonNull(text, "text");
        }

        /** @return the value as text, exact */
        public String text() {
            return text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Rescued && ((Rescued) other).text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return "rescued(" + text.length() + " characters)";
        }
    }
}
