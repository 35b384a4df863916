package io.tributary.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a text constant of an options class, such as {@code hudi.}: every key that starts with it is allowed, and what
 * follows is a name of the user's or of a library's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface PassThrough {
    /** @return how the rest of the key is shown in the reference, e.g. {@code <consumer property>} */
    String name();

    /** @return what the keys do, as in an option's description */
    String description();
}
