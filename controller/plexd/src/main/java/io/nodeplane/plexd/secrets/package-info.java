/** Secrets of the control plane: fetched sealed, opened with the node secret key, never logged. */
@NullMarked
package io.nodeplane.plexd.secrets;

import org.jspecify.annotations.NullMarked;
