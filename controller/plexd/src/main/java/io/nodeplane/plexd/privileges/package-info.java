/** What the agent may do in the cluster and on its node, and which feature needs it. */
@NullMarked
package io.nodeplane.plexd.privileges;

import org.jspecify.annotations.NullMarked;
