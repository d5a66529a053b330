package io.nodeplane.scale;

import java.util.Map;

/** Something with named readings. */
@FunctionalInterface
interface Readings {
    /** The readings now; empty while it does not answer. */
    Map<String, Double> read();
}
