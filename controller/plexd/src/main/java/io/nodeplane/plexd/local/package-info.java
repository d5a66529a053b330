/** A second receiver for metrics, logs and audit, reached with a secret of the control plane. */
@NullMarked
package io.nodeplane.plexd.local;

import org.jspecify.annotations.NullMarked;
