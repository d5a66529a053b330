/** Whether the process lives and is ready, and the listener that says so. */
@NullMarked
package io.nodeplane.runtime.health;

import org.jspecify.annotations.NullMarked;
