package io.tributary.config;

import java.util.ArrayList;
import java.util.List;

/** Values that are several names separated by commas, such as topics or columns. */
public final class NameList {
    private NameList() {}

    /**
     * @param text such as {@code a, b}; null stands for no names
     * @return the names in their order, without the blanks around them; not changeable
     * @throws IllegalArgumentException where a name is empty or comes twice
     */
    public static List<String> split(String text) {
        List<String> names = new ArrayList<>();
        if (text == null) {
            return List.of();
        }
        for (String part : text.split(",", -1)) {
            String name = part.trim();
            if (name.isEmpty()) {
                throw new IllegalArgumentException("there is an empty name between its commas");
            }
            if (names.contains(name)) {
                throw new IllegalArgumentException("`" + name + "` comes twice");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }
}
