package io.nodeplane.runtime.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Named conditions that must all hold before the process counts as ready. Thread-safe. */
public final class Readiness {
    /** One condition, owned by one part of the process. */
    public interface Condition {
        /** The condition holds. */
        void met();

        /**
         * The condition does not hold.
         *
         * @param reason lower-case words for people, for example {@code registration pending}
         */
        void unmet(String reason);
    }

    private final Map<String, Optional<String>> reasons = new LinkedHashMap<>();

    /**
     * Adds a condition that does not hold yet.
     *
     * @param name unique, for example {@code registration}
     */
    public synchronized Condition condition(String name, String reason) {
        if (reasons.putIfAbsent(name, Optional.of(reason)) != null) {
            throw new IllegalArgumentException("readiness condition " + name + " exists already");
        }
        return new Condition() {
            @Override
            public void met() {
                set(name, Optional.empty());
            }

            @Override
            public void unmet(String why) {
                set(name, Optional.of(why));
            }
        };
    }

    /** The reason of the first condition, in order of creation, that does not hold. */
    public synchronized Optional<String> firstUnmet() {
        return reasons.values().stream().flatMap(Optional::stream).findFirst();
    }

    private synchronized void set(String name, Optional<String> reason) {
        reasons.put(name, reason);
    }
}
