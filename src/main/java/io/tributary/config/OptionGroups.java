package io.tributary.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All property groups there are: a new group is one more line here. */
public final class OptionGroups {
    public static final List<OptionGroup> ALL = List.of(
            OptionGroup.fixed(SourceOptions.GROUP, SourceOptions.class),
            OptionGroup.fixed(AuthOptions.GROUP, AuthOptions.class),
            OptionGroup.fixed(RegistryOptions.GROUP, RegistryOptions.class),
            OptionGroup.fixed(LakeOptions.GROUP, LakeOptions.class),
            OptionGroup.named(TableOptions.GROUP, "server.schema.table", TableOptions.class),
            OptionGroup.named(AggregateOptions.GROUP, "name", AggregateOptions.class),
            OptionGroup.fixed(CatalogOptions.GROUP, CatalogOptions.class),
            OptionGroup.fixed(DeadLetterOptions.GROUP, DeadLetterOptions.class));

    private OptionGroups() {}

    /** @return what a group of the configuration is, by its name */
    public static Optional<OptionGroup> find(String groupName) {
        return ALL.stream().filter(group -> group.covers(groupName)).findFirst();
    }

    /** @return the names of all groups for people */
    static List<String> titles() {
        return ALL.stream().map(OptionGroup::title).collect(Collectors.toList());
    }

    /** @return the groups that have such a key */
    static List<OptionGroup> withKey(String key) {
        return ALL.stream().filter(group -> group.options().containsKey(key)).collect(Collectors.toList());
    }
}
