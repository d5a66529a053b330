package io.nodeplane.runtime.config;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One configuration key, declared once: how it is read, checked, documented.
 *
 * @param path dotted, for example {@code api.connect_timeout}
 * @param fallback value when nobody sets the key; absent for required and for derived values
 * @param fallbackText the default as the table shows it
 * @param rule what {@code check} demands, empty when the type says it all
 * @param variable environment variable, empty when there is none
 * @param flag command line flag with its dashes, empty when there is none
 * @param secret never printed
 * @param used false for a documented key of the protocol that this agent accepts and does not act on
 */
public record ConfigKey<T>(
        String path,
        ConfigType<T> type,
        @Nullable T fallback,
        String fallbackText,
        String rule,
        Predicate<T> check,
        String description,
        String variable,
        String flag,
        boolean secret,
        boolean used) {
    /** A key with a default. */
    public static <T> ConfigKey<T> of(String path, ConfigType<T> type, T fallback, String description) {
        var text = type.print().apply(fallback);
        return new ConfigKey<>(path, type, fallback, text, "", _ -> true, description, "", "", false, true);
    }

    /** A key without a default of its own; {@code fallbackText} says what happens when it is absent. */
    public static <T> ConfigKey<T> without(String path, ConfigType<T> type, String fallbackText, String description) {
        return new ConfigKey<>(path, type, null, fallbackText, "", _ -> true, description, "", "", false, true);
    }

    /** A duration with a default and a lower bound. */
    public static ConfigKey<Duration> atLeast(String path, Duration fallback, Duration least, String description) {
        return of(path, ConfigType.DURATION, fallback, description)
                .where("at least " + GoDuration.format(least), value -> value.compareTo(least) >= 0);
    }

    /** A whole number with a default and a lower bound. */
    public static ConfigKey<Integer> atLeast(String path, int fallback, int least, String description) {
        return of(path, ConfigType.WHOLE_NUMBER, fallback, description)
                .where("at least " + least, value -> value >= least);
    }

    /** With a rule beyond its type. */
    public ConfigKey<T> where(String text, Predicate<T> holds) {
        return new ConfigKey<>(
                path, type, fallback, fallbackText, text, holds, description, variable, flag, secret, used);
    }

    /** With an environment variable. */
    public ConfigKey<T> fromVariable(String name) {
        return new ConfigKey<>(path, type, fallback, fallbackText, rule, check, description, name, flag, secret, used);
    }

    /** With a command line flag, for example {@code --api}. */
    public ConfigKey<T> fromFlag(String name) {
        return new ConfigKey<>(
                path, type, fallback, fallbackText, rule, check, description, variable, name, secret, used);
    }

    /** Never printed. */
    public ConfigKey<T> masked() {
        return new ConfigKey<>(
                path, type, fallback, fallbackText, rule, check, description, variable, flag, true, used);
    }

    /** Accepted and checked, without effect. */
    public ConfigKey<T> withoutEffect() {
        return new ConfigKey<>(
                path, type, fallback, fallbackText, rule, check, description, variable, flag, secret, false);
    }

    /** What a message says is expected. */
    public String expected() {
        return rule.isEmpty() ? type.expected() : type.expected() + ", " + rule;
    }

    /** The value of a YAML node, if it has the type and keeps the rule. */
    Optional<T> read(ConfigNode node) {
        return type.fromNode().apply(node).filter(check);
    }

    /** The value of a variable or flag, if it has the type and keeps the rule. */
    Optional<T> read(String text) {
        return type.fromText().apply(text).filter(check);
    }
}
