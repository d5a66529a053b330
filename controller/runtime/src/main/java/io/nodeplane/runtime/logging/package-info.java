/** Log lines: one format on standard error, and a tap for the agent's own log source. */
@NullMarked
package io.nodeplane.runtime.logging;

import org.jspecify.annotations.NullMarked;
