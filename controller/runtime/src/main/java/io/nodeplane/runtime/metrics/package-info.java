/** Figures about the process in the Prometheus text format. */
@NullMarked
package io.nodeplane.runtime.metrics;

import org.jspecify.annotations.NullMarked;
