package io.tributary.config;

/** What another package asks of its groups, beyond what each option says by itself. */
@FunctionalInterface
public interface ConfigCheck {
    /**
     * @param config whose values have the right types; a wrong value is already reported, and left out here
     * @throws ConfigException with what is wrong; it joins the other problems in one message
     */
    void check(TributaryConfig config);
}
