/** What the control plane must get in the end: kept on disk until it has been accepted. */
@NullMarked
package io.nodeplane.plexd.outbox;

import org.jspecify.annotations.NullMarked;
