/** How long to wait before trying again. */
@NullMarked
package io.nodeplane.runtime.retry;

import org.jspecify.annotations.NullMarked;
