/** Says every 30 s that the node lives, and hears whether to reconcile. */
@NullMarked
package io.nodeplane.plexd.heartbeat;

import org.jspecify.annotations.NullMarked;
