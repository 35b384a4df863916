package io.tributary.format;

import java.util.Set;

/** Which of some ids are registered under a subject, and whether there is such a subject at all. Immutable. */
final class Membership {
    static final Membership NO_SUBJECT = new Membership(false, Set.of());

    private final boolean subjectExists;
    private final Set<SchemaId> members;

    Membership(boolean subjectExists, Set<SchemaId> members) {
        this.subjectExists = subjectExists;
        this.members = Set.copyOf(members);
    }

    boolean subjectExists() {
        return subjectExists;
    }

    boolean holds(SchemaId id) {
        return members.contains(id);
    }
}
