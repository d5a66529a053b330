/** Keeps this node's PlexdNodeState and reads what workloads report in its status. */
@NullMarked
package io.nodeplane.plexd.nodestate;

import org.jspecify.annotations.NullMarked;
