/** Files that are never half written. */
@NullMarked
package io.nodeplane.runtime.storage;

import org.jspecify.annotations.NullMarked;
