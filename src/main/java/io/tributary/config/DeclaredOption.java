package io.tributary.config;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/** A constant of an options class, with what its type and its annotations say. Immutable. */
public final class DeclaredOption {
    private final ConfigOption<?> option;
    private final String description;
    private final Class<?> valueType;
    private final boolean required;
    private final boolean secret;
    private final Range range;

    DeclaredOption(Field field, ConfigOption<?> option, String description) {
        Type argument = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        if (!(argument instanceof Class)) {
            throw new IllegalArgumentException(field + " has a value of type " + argument
                    + "; options have plain types, lists are texts with commas");
        }
        this.option = option;
        this.description = description;
        this.valueType = (Class<?>) argument;
        this.required = field.isAnnotationPresent(Required.class);
        this.secret = field.isAnnotationPresent(Secret.class);
        this.range = field.getAnnotation(Range.class);
    }

    public String key() {
        return option.key();
    }

    public ConfigOption<?> option() {
        return option;
    }

    public String description() {
        return description;
    }

    public boolean required() {
        return required;
    }

    public boolean secret() {
        return secret;
    }

    /** @return the default as it would be written in a configuration; null where there is none */
    public String defaultText() {
        return option.hasDefaultValue() ? textOf(option.defaultValue()) : null;
    }

    /** @return the values it takes, for people, e.g. {@code one of: soft, hard} */
    public String allowed() {
        if (valueType.isEnum()) {
            return (enumTexts().size() == 1 ? "only: " : "one of: ") + String.join(", ", enumTexts());
        } else if (valueType == Boolean.class) {
            return "one of: true, false";
        } else if (valueType == Duration.class) {
            return "a duration such as `30 s` or `10 min`" + (range != null && range.min() > 0 ? ", not 0" : "");
        } else if (valueType == MemorySize.class) {
            return "a size such as `64 mb`";
        } else if (valueType == Integer.class || valueType == Long.class) {
            return "a whole number" + bounds();
        } else if (Number.class.isAssignableFrom(valueType)) {
            return "a number" + bounds();
        }
        return "text";
    }

    /** @return the kind of its values in a word or two: {@code text}, {@code duration}, {@code whole number} */
    public String kind() {
        if (valueType == Boolean.class) {
            return "true or false";
        } else if (valueType == Duration.class) {
            return "duration";
        } else if (valueType == MemorySize.class) {
            return "size";
        }
        return allowed().replaceFirst("^a ", "");
    }

    /** @return the texts of an enum option; else none */
    public List<String> enumTexts() {
        return valueType.isEnum()
                ? Arrays.stream(valueType.getEnumConstants())
                        .map(Object::toString)
                        .collect(Collectors.toList())
                : List.of();
    }

    /** @return whether the text is a value of this option */
    public boolean accepts(String text) {
        Configuration one = new Configuration();
        one.setString(key(), text);
        try {
            Object value = one.get(option);
            return inRange(value);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @return an option's value as it would be written in a configuration */
    static String textOf(Object value) {
        return value instanceof Duration ? TimeUtils.formatWithHighestUnit((Duration) value) : value.toString();
    }

    private boolean inRange(Object value) {
        if (range == null) {
            return true;
        } else if (value instanceof Duration) {
            return inRange(((Duration) value).toMillis());
        }
        return !(value instanceof Number) || inRange(((Number) value).doubleValue());
    }

    private boolean inRange(double number) {
        return number >= range.min() && number <= range.max();
    }

    private String bounds() {
        if (range == null) {
            return "";
        }
        String least = plain(range.min());
        return range.max() == Integer.MAX_VALUE ? " from " + least : " from " + least + " to " + plain(range.max());
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
