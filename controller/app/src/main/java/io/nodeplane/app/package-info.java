/** Where processes are put together. */
@NullMarked
package io.nodeplane.app;

import org.jspecify.annotations.NullMarked;
