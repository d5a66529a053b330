/** Runs PlexdHooks as Jobs on this node and says in their status what came of it. */
@NullMarked
package io.nodeplane.plexd.hooks;

import org.jspecify.annotations.NullMarked;
