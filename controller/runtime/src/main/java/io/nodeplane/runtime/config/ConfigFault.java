package io.nodeplane.runtime.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param where file with line, {@code variable X} or {@code flag --x}
 * @param key dotted path; empty when the file as a whole is meant
 * @param found the value as a message names it; masked for secrets
 * @param expected rule that it breaks
 */
public record ConfigFault(String where, String key, String found, String expected) {
    @Override
    public String toString() {
        return where + ": " + (key.isEmpty() ? "" : key + ": ") + "found " + found + ", expected " + expected;
    }
}
