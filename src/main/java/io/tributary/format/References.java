package io.tributary.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Follows the references of a schema, depth first, each once, so that a parser that reads them in order knows every name. */
final class References {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_TARGETS = 500;

    /** The schema that a reference names. */
    static final class Target {
        private final String text;
        private final Supplier<Optional<JsonNode>> references;

        /** @param references asks for the list of the target's own references */
        Target(String text, Supplier<Optional<JsonNode>> references) {
            this.text = text;
            this.references = references;
        }
    }

    private final Function<JsonNode, Optional<Target>> fetch;
    private final List<String> texts = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /** @param fetch asks for the schema that one entry of a list of references names */
    References(Function<JsonNode, Optional<Target>> fetch) {
        this.fetch = fetch;
    }

    /** @return the texts, each after those that it refers to; what is missing or circular is left out, and the parser says so */
    List<String> resolve(Optional<JsonNode> references) {
        follow(references, 0);
        return texts;
    }

    private void follow(Optional<JsonNode> references, int depth) {
        if (references.isEmpty() || depth > MAX_DEPTH) {
            return;
        }
        for (JsonNode reference : references.get()) {
            if (seen.size() < MAX_TARGETS && seen.add(reference.toString())) {
                Optional<Target> target = fetch.apply(reference);
                if (target.isPresent()) {
                    follow(target.get().references.get(), depth + 1);
                    texts.add(target.get().text);
                }
            }
        }
    }
}
