package io.nodeplane.mockapi.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** The newest values that together weigh no more than a limit; the newest one stays whatever it weighs. Not thread-safe. */
final class ByteWindow<T> {
    private final int limit;
    private final ToIntFunction<T> weight;
    private final Deque<T> values = new ArrayDeque<>();
    private long total;
    private long lost;

    ByteWindow(int limit, ToIntFunction<T> weight) {
        this.limit = limit;
        this.weight = weight;
    }

    void add(T value) {
        values.addLast(value);
        total += weight.applyAsInt(value);
        while (total > limit && values.size() > 1) {
            total -= weight.applyAsInt(values.removeFirst());
            lost++;
        }
    }

    List<T> values() {
        return List.copyOf(values);
    }

    /** At most {@code most} values, newest first. */
    List<T> newest(int most) {
        return newest(most, value -> true);
    }

    /** At most {@code most} values, newest first, up to the first that is not wanted. */
    List<T> newest(int most, Predicate<T> wanted) {
        var newest = new ArrayList<T>();
        var back = values.descendingIterator();
        while (newest.size() < most && back.hasNext()) {
            var value = back.next();
            if (!wanted.test(value)) {
                break;
            }
            newest.add(value);
        }
        return newest;
    }

    Optional<T> newest() {
        return Optional.ofNullable(values.peekLast());
    }

    /** How many left the window. */
    long lost() {
        return lost;
    }
}
